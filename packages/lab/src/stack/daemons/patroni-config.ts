import { hostDirectory, identityOf, type LabMaterials } from '../materials.ts';
import type { LabOptions } from '../options.ts';
import { rtoPlans, startTimers } from '../rto-plans.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { patroniNamespace } from './etcd-access.ts';
import { memberPaths } from './paths.ts';
import { hbaRules } from './postgres-hba.ts';
import { clusterParameters, memberParameters } from './postgres-parameters.ts';
import { renderYaml } from './yaml-text.ts';

/** patroni.yml of a member. Holds passwords: 0600. */
export function renderPatroniConfig(materials: LabMaterials, member: LabMember): string {
  const { topology, secrets } = materials;
  const paths = memberPaths(materials, member.name);
  const files = identityOf(materials, member.name, 'postgres');
  const restAddress = `${member.address}:${labPorts.patroni}`;
  return renderYaml({
    scope: member.cluster,
    namespace: patroniNamespace,
    name: member.name,
    log: { level: 'INFO' },
    restapi: {
      listen: restAddress,
      connect_address: restAddress,
      authentication: { username: 'patroni', password: secrets.patroniRest },
      // Who may change something; reading is open to all, as Patroni has it.
      allowlist: allowlistOf(materials, member),
      allowlist_include_members: true,
    },
    etcd3: {
      hosts: topology.etcd.map(({ address }) => `${address}:${labPorts.etcdClient}`),
      protocol: 'https',
      cacert: files.authority,
      cert: files.clientCertificate,
      key: files.clientKey,
      username: member.cluster,
      password: secrets.etcdPatroni,
    },
    bootstrap: {
      dcs: dynamicConfig(materials, member.cluster),
      initdb: [
        'data-checksums',
        { encoding: 'UTF8' },
        { locale: 'C.UTF-8' },
        { 'auth-local': materials.separateUsers ? 'peer' : 'scram-sha-256' },
        { 'auth-host': 'scram-sha-256' },
      ],
      post_bootstrap: paths.bootstrapScript,
    },
    postgresql: {
      listen: `${member.address}:${labPorts.postgres}`,
      connect_address: `${member.address}:${labPorts.postgres}`,
      data_dir: paths.data,
      bin_dir: materials.programs.postgresBin,
      pgpass: paths.patroniPassfile,
      use_unix_socket: true,
      create_replica_methods: ['basebackup'],
      basebackup: [{ checkpoint: 'fast' }],
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: false,
      authentication: authenticationOf(materials, files.authority),
      parameters: memberParameters({ ...paths, ...files }),
      pg_hba: hbaRules(materials, member),
    },
    // There is no watchdog device in a container.
    watchdog: { mode: 'off' },
    tags: { nofailover: false, noloadbalance: false, clonefrom: true, nosync: false },
  });
}

/** What Patroni keeps in etcd for a cluster, with the quick timers of the start; `planTimers` are set when all is up. */
export function dynamicConfig(materials: LabMaterials, cluster: string): Readonly<Record<string, unknown>> {
  const { options, members, standbyMembers } = materials.topology;
  const isMain = cluster === options.cluster;
  const isCritical = options.durability === 'crit';
  const [follower] = standbyMembers;
  return {
    ttl: startTimers.ttl,
    loop_wait: startTimers.loopWait,
    retry_timeout: startTimers.retryTimeout,
    primary_start_timeout: rtoPlans[options.rto].primaryStartTimeout,
    primary_stop_timeout: 30,
    maximum_lag_on_failover: 1_048_576,
    maximum_lag_on_syncnode: -1,
    failsafe_mode: options.failsafe,
    synchronous_mode: isCritical && isMain,
    synchronous_mode_strict: isCritical && isMain,
    ...(isMain && follower !== undefined ? { slots: { [slotName(follower.cluster)]: { type: 'physical' } } } : {}),
    ...(isMain
      ? {}
      : {
          standby_cluster: {
            // Every member is named, and the receiver takes the one that is writable: a failover needs no change here.
            host: members.map(({ address }) => address).join(','),
            port: labPorts.postgres,
            primary_slot_name: slotName(cluster),
            create_replica_methods: ['basebackup'],
          },
        }),
    postgresql: {
      use_pg_rewind: true,
      use_slots: true,
      parameters: clusterParameters(options, cluster),
      recovery_conf: recoverySettings(options, isMain),
    },
  };
}

/** Settings of a standby; the whole standby cluster is late, because its own replica gets what its leader has received. */
function recoverySettings(options: LabOptions, isMain: boolean): Readonly<Record<string, string>> {
  const delaySeconds = isMain ? 0 : (options.standbyCluster?.delaySeconds ?? 0);
  return {
    ...(options.backup ? { restore_command: `pgbackrest --stanza=${options.cluster} archive-get %f "%p"` } : {}),
    ...(delaySeconds > 0 ? { recovery_min_apply_delay: `${delaySeconds}s` } : {}),
  };
}

/** Timers of the plan, as a change of Patroni's dynamic configuration. */
export function planTimers(materials: Pick<LabMaterials, 'topology'>): Readonly<Record<string, number>> {
  const plan = rtoPlans[materials.topology.options.rto];
  return { ttl: plan.ttl, loop_wait: plan.loopWait, retry_timeout: plan.retryTimeout };
}

/** Environment of Patroni, and through it of PostgreSQL and its archive_command. */
export function patroniEnvironment(materials: LabMaterials, member: LabMember): Readonly<Record<string, string>> {
  return {
    PATH: materials.path,
    LANG: 'C.UTF-8',
    // Python's HTTP server asks DNS for the name of the address it listens on. On plain loopback that question would
    // leave the machine; glibc without an attempt answers at once that there is no name.
    RES_OPTIONS: 'attempts:0',
    HOME: hostDirectory(materials, member.name),
    ...(materials.topology.options.backup
      ? { PGBACKREST_CONFIG: memberPaths(materials, member.name).pgbackrestConfig }
      : {}),
  };
}

/** A slot may have letters, digits and underscores. */
function slotName(cluster: string): string {
  return cluster.replaceAll('-', '_');
}

function allowlistOf({ topology }: LabMaterials, member: LabMember): readonly string[] {
  // On loopback every client comes from 127.0.0.1.
  if (topology.options.isolation === 'loopback') return ['127.0.0.0/8'];
  // By address: allowlist_include_members takes them from etcd, and when that is gone the leader's question for failsafe
  // mode is refused with "Access is denied", and it demotes itself.
  const members = [...topology.members, ...topology.standbyMembers].filter(({ cluster }) => cluster === member.cluster);
  return [topology.monitor.address, ...members.map(({ address }) => address)];
}

function authenticationOf(materials: LabMaterials, authority: string): Readonly<Record<string, unknown>> {
  const { secrets } = materials;
  const remote = { sslmode: 'verify-full', sslrootcert: authority };
  return {
    // The superuser comes over the socket as the user of the same name and needs no password.
    superuser: materials.separateUsers
      ? { username: 'postgres', ...remote }
      : { username: 'postgres', password: secrets.postgres, ...remote },
    replication: { username: 'replicator', password: secrets.replicator, ...remote },
    rewind: { username: 'dbrewind', password: secrets.dbrewind, ...remote },
  };
}
