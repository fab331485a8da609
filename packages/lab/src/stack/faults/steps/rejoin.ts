import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRun } from '../../fault.ts';
import { clusterHealth, untilWell } from './cluster-health.ts';
import { patroniOf } from './patroni-view.ts';

/** How long Patroni gets to bring a member back by itself, by restart or pg_rewind, before it is made anew. */
const byItselfMs = 30_000;

/**
 * Waits until a member is well; one that does not get there by itself is made anew from the primary. That is
 * the remedy for a former primary which kept its own history: Patroni 3.0 may take it back without pg_rewind, and it
 * then counts as streaming while it replays nothing.
 */
export async function untilWellOrReinitialized(run: FaultRun, member: string): Promise<void> {
  const health = clusterHealth(run, [member]);
  const end = Date.now() + byItselfMs;
  while (Date.now() < end) {
    if ((await health()) === undefined) return;
    await sleep(500, undefined, { signal: run.signalOfAbort });
  }
  await reinitialize(run, member);
}

/**
 * The same for a member that was the primary, and then for every other member whose Patroni runs: before pg_rewind,
 * Patroni archives what the former primary had not archived, and a replica that waits for WAL just then replays it from
 * the archive, past the point where the histories part.
 */
export async function untilRejoined(run: FaultRun, member: string): Promise<void> {
  await untilWellOrReinitialized(run, member);
  await cureOthers(run, member);
}

/**
 * To be called before a former primary comes back, for the same reason: whoever streams from the new primary by then
 * takes nothing from the archive. Nothing to wait for when nobody else is the primary.
 */
export async function untilOthersFollow(run: FaultRun, member: string): Promise<void> {
  const primary = await run.findPrimary();
  if (primary !== undefined && primary !== member) await cureOthers(run, member);
}

async function cureOthers(run: FaultRun, member: string): Promise<void> {
  const others = run.topology.members.map(({ name }) => name).filter((name) => name !== member);
  for (const other of others) if (patroniOf(run, other).pid !== undefined) await untilWellOrReinitialized(run, other);
}

/** Throws the data of a member away and copies it from the primary; nothing happens when it is the primary itself. */
export async function reinitialize(run: FaultRun, member: string): Promise<void> {
  await run.until(
    `${member} is made anew`,
    async () => {
      const primary = await run.findPrimary();
      if (primary === undefined) return 'no primary to copy from';
      if (primary === member) return undefined;
      const answer = await run.patroni(member, 'POST', '/reinitialize', { force: true });
      if (answer?.status === 200) return undefined;
      return answer === undefined ? 'Patroni does not answer' : `${answer.status} ${answer.body.slice(0, 200)}`;
    },
    60_000,
  );
  await untilWell(run, member);
}

/**
 * Starts the Patroni of a member that died. When somebody else was promoted meanwhile, its PostgreSQL is an orphan: it
 * is killed first and the member made anew, because what it accepted since is nobody's data.
 */
export async function restartPatroni(run: FaultRun, member: string): Promise<void> {
  const primary = await run.findPrimary();
  if (primary !== undefined && primary !== member && (await isWritable(run, member))) {
    await removeOrphan(run, member);
    return;
  }
  await untilOthersFollow(run, member);
  const patroni = patroniOf(run, member);
  if (patroni.pid === undefined) await patroni.start();
  await untilRejoined(run, member);
}

/** Kills an orphan, cures who has followed it, and makes it anew as a replica. */
async function removeOrphan(run: FaultRun, member: string): Promise<void> {
  await killOrphan(run, member);
  // Before anybody is copied: Patroni may take a replica as the source.
  await cureOthers(run, member);
  const patroni = patroniOf(run, member);
  if (patroni.pid === undefined) await patroni.start();
  await reinitialize(run, member);
}

/** Whether the PostgreSQL of a member takes writes, whatever Patroni knows of it. Unreachable counts as no. */
export async function isWritable(run: FaultRun, member: string): Promise<boolean> {
  if (run.postmasterOf(member) === undefined) return false;
  try {
    const rows = await run.sql(member, 'SELECT pg_is_in_recovery()', { timeoutMs: 3_000 });
    return rows[0]?.[0] === 'f';
  } catch {
    // Starting, stopping, or gone since: not something that takes writes now.
    return false;
  }
}

/**
 * Never a fast shutdown: that archives the last segment of the orphan's history, and a replica that waits for WAL at
 * this moment takes it from the archive and follows the orphan into a history that nobody shares.
 */
async function killOrphan(run: FaultRun, member: string): Promise<void> {
  const pid = run.postmasterOf(member);
  if (pid === undefined) return;
  run.signal(pid, 'SIGSTOP');
  for (const child of run.childrenOf(pid)) run.signal(child, 'SIGKILL');
  run.signal(pid, 'SIGKILL');
  await run.until(
    `PostgreSQL of ${member} is killed`,
    async () => (run.postmasterOf(member) === pid ? `pid ${pid} still runs` : undefined),
    20_000,
  );
}
