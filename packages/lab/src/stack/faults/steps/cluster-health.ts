import type { FaultRun } from '../../fault.ts';
import type { StackRun } from '../../stack-run.ts';
import { findMemberView } from './patroni-view.ts';

/** What it takes to ask: a lab under faults, or one seen by its owner. */
type HealthSite = Pick<StackRun, 'topology' | 'findPrimary' | 'sql' | 'patroni'>;

/** Where the primary stood when it was asked to write a mark. */
interface Mark {
  readonly primary: string;
  readonly lsn: string;
}

/**
 * A question to ask again and again: undefined = well, else what is missing. Well means: there is a primary, each of
 * these members (all unless named) is it, or streams from it and has replayed what it wrote after the first question,
 * and is not in failsafe mode; and the configuration store knows it running, which is what others decide by: where nothing
 * may be lost it also knows a synchronous standby, for without one nobody is promoted. A standby
 * that is ahead of its primary or stands still is not well, whatever Patroni says of it.
 */
export function clusterHealth(
  run: HealthSite,
  only: readonly string[] = run.topology.members.map(({ name }) => name),
): () => Promise<string | undefined> {
  // Of a part of the members nobody can say whether the synchronous one is among them.
  const isSynchronous =
    run.topology.options.durability === 'crit' && only.length > 1 && only.length === run.topology.members.length;
  let mark: Mark | undefined;
  return async () => {
    const primary = await run.findPrimary();
    if (primary === undefined) return 'no primary';
    try {
      if (mark?.primary !== primary) mark = { primary, lsn: await writeMark(run, primary) };
      const replicas = only.filter((name) => name !== primary);
      return (
        (await describeStandbys(run, primary, replicas, mark.lsn)) ??
        (await describeMembers(run, only)) ??
        describeCluster((await run.patroni(primary, 'GET', '/cluster'))?.body ?? '', only, isSynchronous)
      );
    } catch (error) {
      return `${primary}: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

/** Waits until `clusterHealth` has nothing to say of a member; other members may be broken by other faults. */
export async function untilWell(run: FaultRun, member: string): Promise<void> {
  await run.until(`${member} is well`, clusterHealth(run, [member]), 120_000);
}

async function writeMark(run: HealthSite, primary: string): Promise<string> {
  // Synchronous commit would wait for the very standby that may be missing.
  const rows = await run.sql(
    primary,
    `SELECT set_config('synchronous_commit', 'local', true), pg_logical_emit_message(true, 'pgattest-lab', 'mark')`,
  );
  return rows[0]?.[1] ?? '0/0';
}

async function describeStandbys(
  run: HealthSite,
  primary: string,
  replicas: readonly string[],
  lsn: string,
): Promise<string | undefined> {
  if (replicas.length === 0) return undefined;
  const rows = await run.sql(
    primary,
    `SELECT application_name, state, replay_lsn >= '${lsn}', replay_lsn > pg_current_wal_lsn() FROM pg_stat_replication`,
  );
  return describeReplication(replicas, rows);
}

/** Rows are `application_name, state, replayed the mark (t/f), ahead of the primary (t/f)`. */
export function describeReplication(
  replicas: readonly string[],
  rows: readonly (readonly string[])[],
): string | undefined {
  for (const replica of replicas) {
    const row = rows.find(([name]) => name === replica);
    if (row === undefined) return `${replica} is not attached to the primary`;
    const [, state, hasReplayed, isAhead] = row;
    if (state !== 'streaming') return `${replica} is ${state ?? 'in an unknown state'}, not streaming`;
    if (isAhead !== 'f' && isAhead !== 't') return `${replica} has not said how far it is`;
    if (isAhead === 't') return `${replica} is ahead of its primary: it has a history of its own`;
    if (hasReplayed !== 't') return `${replica} has not replayed what the primary wrote`;
  }
  return undefined;
}

async function describeMembers(run: HealthSite, members: readonly string[]): Promise<string | undefined> {
  for (const name of members) {
    const view = await findMemberView(run, name);
    if (view === undefined) return `Patroni of ${name} does not answer`;
    if (view.state !== 'running') return `Patroni of ${name} says ${view.state}`;
    if (view.isFailsafeActive) return `${name} is in failsafe mode`;
    if (view.isUnlocked) return `${name} sees a cluster without a leader`;
  }
  return undefined;
}

/** What is missing in `GET /cluster`, where each member shows as it last told the configuration store. */
export function describeCluster(body: string, members: readonly string[], isSynchronous: boolean): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return 'Patroni does not tell what the configuration store knows';
  }
  const listed: readonly unknown[] =
    typeof document === 'object' && document !== null && 'members' in document && Array.isArray(document.members)
      ? document.members
      : [];
  for (const name of members) {
    const found = listed.find(
      (member): member is { readonly name: string; readonly state?: unknown; readonly lag?: unknown } =>
        textOf(member, 'name') === name,
    );
    if (found === undefined) return `the configuration store does not know ${name}`;
    // Patroni before 3.0 says running of a standby that streams.
    if (found.state !== 'running' && found.state !== 'streaming') {
      return `the configuration store knows ${name} as ${String(found.state)}`;
    }
    if (found.lag === 'unknown') return `the configuration store does not know how far ${name} is`;
  }
  const hasSynchronous = listed.some((member) => /^(sync|quorum)_standby$/u.test(textOf(member, 'role')));
  return isSynchronous && !hasSynchronous ? 'the configuration store knows no synchronous standby' : undefined;
}

const textOf = (member: unknown, key: string): string => {
  const value: unknown =
    typeof member === 'object' && member !== null
      ? Object.entries(member).find(([name]) => name === key)?.[1]
      : undefined;
  return typeof value === 'string' ? value : '';
};
