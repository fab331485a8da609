import type { FaultRun } from '../../fault.ts';
import { findMemberView } from './patroni-view.ts';

/** Where the primary stood when it was asked to write a mark. */
interface Mark {
  readonly primary: string;
  readonly lsn: string;
}

/**
 * A question to ask again and again: undefined = well, else what is missing. Well means: one primary, every other
 * member streams from it and has replayed what it wrote after the first question, no failsafe mode. A standby that is
 * ahead of its primary or stands still is not well, whatever Patroni says of it.
 */
export function clusterHealth(run: FaultRun): () => Promise<string | undefined> {
  let mark: Mark | undefined;
  return async () => {
    const primary = await run.findPrimary();
    if (primary === undefined) return 'no primary';
    try {
      if (mark?.primary !== primary) mark = { primary, lsn: await writeMark(run, primary) };
      return (await describeStandbys(run, primary, mark.lsn)) ?? (await describeMembers(run));
    } catch (error) {
      return `${primary}: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}

/** Waits until `clusterHealth` has nothing to say. */
export async function untilHealthy(run: FaultRun, timeoutMs = 120_000): Promise<void> {
  await run.until('the cluster is healthy', clusterHealth(run), timeoutMs);
}

async function writeMark(run: FaultRun, primary: string): Promise<string> {
  // Synchronous commit would wait for the very standby that may be missing.
  const rows = await run.sql(
    primary,
    `SELECT set_config('synchronous_commit', 'local', true), pg_logical_emit_message(true, 'pgattest-lab', 'mark')`,
  );
  return rows[0]?.[1] ?? '0/0';
}

async function describeStandbys(run: FaultRun, primary: string, lsn: string): Promise<string | undefined> {
  const rows = await run.sql(
    primary,
    `SELECT application_name, state, replay_lsn >= '${lsn}', replay_lsn > pg_current_wal_lsn() FROM pg_stat_replication`,
  );
  return describeReplication(
    run.topology.members.map(({ name }) => name).filter((name) => name !== primary),
    rows,
  );
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

async function describeMembers(run: FaultRun): Promise<string | undefined> {
  for (const { name } of run.topology.members) {
    const view = await findMemberView(run, name);
    if (view === undefined) return `Patroni of ${name} does not answer`;
    if (view.state !== 'running') return `Patroni of ${name} says ${view.state}`;
    if (view.isFailsafeActive) return `${name} is in failsafe mode`;
    if (view.isUnlocked) return `${name} sees a cluster without a leader`;
  }
  return undefined;
}
