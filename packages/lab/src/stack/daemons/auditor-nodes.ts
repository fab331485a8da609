import { hostDirectory, identityOf, type LabMaterials } from '../materials.ts';
import { hostsOf, type LabHost } from '../topology.ts';
import { memberPaths, monitorPaths } from './paths.ts';

/** Where the facts of a host are shipped to, and the file that tells `collect-node` where things are on it. */
export interface NodeFiles {
  readonly facts: string;
  readonly paths: string;
}

/** Both are in the auditor's directory, which every host of the lab can reach. */
export function nodeFilesOf(materials: Pick<LabMaterials, 'directory' | 'topology'>, host: string): NodeFiles {
  const directory = `${monitorPaths(materials, materials.topology.monitor.name).auditor}/nodes`;
  return { facts: `${directory}/${host}.json`, paths: `${directory}/${host}.paths.yml` };
}

/** For every host what `pgattest audit collect-node --paths` takes: the lab has nothing where Pigsty has it. */
export const nodePathsOf = (
  materials: LabMaterials,
): readonly { readonly host: LabHost; readonly paths: Readonly<Record<string, string>> }[] =>
  hostsOf(materials.topology).map((host) => ({ host, paths: pathsOf(materials, host.name) }));

function pathsOf(materials: LabMaterials, host: string): Readonly<Record<string, string>> {
  const { topology, programs } = materials;
  const isMember = [...topology.members, ...topology.standbyMembers].some(({ name }) => name === host);
  const isEtcd = topology.etcd.some(({ name }) => name === host);
  return {
    ...(isMember ? memberPart(materials, host) : {}),
    ...(isEtcd ? etcdPart(materials, host) : {}),
    ...(host === topology.monitor.name ? { haproxyConfig: monitorPaths(materials, host).haproxyConfig } : {}),
    pgBin: programs.postgresBin,
    dataRoot: hostDirectory(materials, host),
  };
}

function memberPart(materials: LabMaterials, host: string): Readonly<Record<string, string>> {
  const paths = memberPaths(materials, host);
  return {
    pgData: paths.data,
    pgLog: paths.serverLog,
    pgCert: folderOf(identityOf(materials, host, 'postgres').key),
    pgpass: paths.patroniPassfile,
    patroniConfig: paths.patroniConfig,
    pgbouncerIni: paths.pgbouncerConfig,
    pgbouncerUserlist: paths.pgbouncerUsers,
    pgbackrestConfig: paths.pgbackrestConfig,
  };
}

function etcdPart(materials: LabMaterials, host: string): Readonly<Record<string, string>> {
  const directory = `${hostDirectory(materials, host)}/etcd`;
  return {
    etcdConfig: `${directory}/etcd.yml`,
    etcdData: `${directory}/data`,
    etcdCert: folderOf(identityOf(materials, host, 'etcd').key),
  };
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
