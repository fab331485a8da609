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

/** What a host does not have is looked for in its own directory, too: what the machine has elsewhere is not of the lab. */
function pathsOf(materials: LabMaterials, host: string): Readonly<Record<string, string>> {
  const base = hostDirectory(materials, host);
  const member = memberPaths(materials, host);
  return {
    pgData: member.data,
    pgLog: member.serverLog,
    pgCert: folderOf(identityOf(materials, host, 'postgres').key),
    pgpass: member.patroniPassfile,
    patroniConfig: member.patroniConfig,
    pgbouncerIni: member.pgbouncerConfig,
    pgbouncerUserlist: member.pgbouncerUsers,
    pgbackrestConfig: member.pgbackrestConfig,
    etcdConfig: `${base}/etcd/etcd.yml`,
    etcdData: `${base}/etcd/data`,
    etcdCert: folderOf(identityOf(materials, host, 'etcd').key),
    haproxyConfig: monitorPaths(materials, host).haproxyConfig,
    vipManagerConfig: `${base}/vip-manager.yml`,
    pgBin: materials.programs.postgresBin,
    dataRoot: base,
  };
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
