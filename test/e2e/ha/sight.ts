import { labPorts, type Lab } from '@pgattest/lab';

/** What can be seen of one member from the monitoring host. */
export interface MemberSight {
  readonly name: string;
  /** /metrics of our exporter; undefined = no answer. */
  readonly exporter: { readonly isUp: boolean; readonly isInRecovery: boolean | undefined } | undefined;
  /** /metrics of Patroni; undefined = no answer. */
  readonly patroni:
    | {
        readonly isPrimary: boolean;
        readonly isRunning: boolean;
        readonly isFailsafeActive: boolean;
        readonly isPaused: boolean;
        readonly timeline: number;
        /** Unix time when its PostgreSQL was started. */
        readonly postmasterStart: number;
        /** Unix time when it last reached etcd. */
        readonly etcdSeen: number;
      }
    | undefined;
}

/** What can be seen of the cluster at one moment. */
export interface Sight {
  readonly members: readonly MemberSight[];
  /** Members that our exporters see up and out of recovery. */
  readonly writable: readonly string[];
  /** Members that say of themselves, in Patroni's metrics, that they are the primary. */
  readonly leaders: readonly string[];
  get(member: string): MemberSight;
}

/** Looks at every member at once: the exporters and Patroni are two sources that know nothing of each other. */
export async function look(lab: Lab): Promise<Sight> {
  const members = await Promise.all(
    lab.topology.members.map(async ({ name, address }): Promise<MemberSight> => {
      const [exporter, patroni] = await Promise.all([
        lab.http(`http://${address}:${labPorts.pgExporter}/metrics`, { timeoutMs: 3_000 }),
        lab.http(`http://${address}:${labPorts.patroni}/metrics`, { timeoutMs: 3_000 }),
      ]);
      return {
        name,
        exporter: exporter?.status === 200 ? readExporter(exporter.body) : undefined,
        patroni: patroni?.status === 200 ? readPatroni(patroni.body) : undefined,
      };
    }),
  );
  return {
    members,
    writable: members.filter(({ exporter }) => exporter?.isInRecovery === false).map(({ name }) => name),
    leaders: members.filter(({ patroni }) => patroni?.isPrimary === true).map(({ name }) => name),
    get(member) {
      const found = members.find(({ name }) => name === member);
      if (found === undefined) throw new RangeError(`no member ${member}`);
      return found;
    },
  };
}

/** In words, for messages. */
export function describeSight({ members }: Sight): string {
  return members
    .map(({ name, exporter, patroni }) => {
      const bySql =
        exporter === undefined
          ? 'no exporter'
          : !exporter.isUp
            ? 'down'
            : exporter.isInRecovery === undefined
              ? 'role unknown'
              : exporter.isInRecovery
                ? 'in recovery'
                : 'writable';
      const byPatroni =
        patroni === undefined
          ? 'no Patroni'
          : [
              patroni.isPrimary ? 'leader' : 'no leader',
              ...(patroni.isRunning ? [] : ['not running']),
              ...(patroni.isFailsafeActive ? ['failsafe'] : []),
              `timeline ${patroni.timeline}`,
            ].join(' ');
      return `${name}: ${bySql}, ${byPatroni}`;
    })
    .join('; ');
}

function readExporter(text: string): MemberSight['exporter'] {
  const isUp = metricOf(text, 'pg_up') === 1;
  const inRecovery = metricOf(text, 'pg_in_recovery');
  return { isUp, isInRecovery: isUp && inRecovery !== undefined ? inRecovery === 1 : undefined };
}

function readPatroni(text: string): MemberSight['patroni'] {
  const isTrue = (name: string): boolean => metricOf(text, name) === 1;
  return {
    isPrimary: isTrue('patroni_primary'),
    isRunning: isTrue('patroni_postgres_running'),
    isFailsafeActive: isTrue('patroni_failsafe_mode_is_active'),
    isPaused: isTrue('patroni_is_paused'),
    timeline: metricOf(text, 'patroni_postgres_timeline') ?? 0,
    postmasterStart: metricOf(text, 'patroni_postmaster_start_time') ?? 0,
    etcdSeen: metricOf(text, 'patroni_dcs_last_seen') ?? 0,
  };
}

/** The value of the only series of that name. Patroni 3.0 writes a blank before the brace of one of its lines. */
export function metricOf(text: string, name: string): number | undefined {
  const value = new RegExp(String.raw`^${name}\s*(?:\{[^}]*\})?\s+(\S+)$`, 'mu').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}
