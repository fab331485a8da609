import { join } from 'node:path';
import type { FaultRun } from '../../fault.ts';
import { runChecked } from './run-checked.ts';

/** What pg_stat_archiver of the primary says. */
export interface ArchiverState {
  /** The segment or history file that could not be archived; empty = the last attempt went well, or there was none. */
  readonly failing: string;
  /** The timeline the primary writes on. */
  readonly timeline: number;
}

/**
 * Why a primary does not archive: `waiting` = it will by itself; `superseded` = a segment of a timeline that has ended,
 * which the primary of that timeline has archived. Whoever follows it and is promoted later finds its own copy with
 * neither .ready nor .done, and tries for ever: "already exists in the archive with a different checksum".
 */
export function judgeArchiver({ failing, timeline }: ArchiverState): 'well' | 'waiting' | 'superseded' {
  if (failing === '') return 'well';
  const ofSegment = /^([0-9A-F]{8})[0-9A-F]{16}$/u.exec(failing)?.[1];
  return ofSegment !== undefined && Number.parseInt(ofSegment, 16) < timeline ? 'superseded' : 'waiting';
}

/**
 * Waits until the primary archives. A copy of a segment whose timeline has ended is marked as archived, as an operator
 * would: what it archives instead stands in nobody's history.
 */
export async function settleArchive(run: FaultRun): Promise<void> {
  if (!run.topology.options.backup) return;
  await run.until('the primary archives', async () => findArchiverTrouble(run), 180_000);
}

async function findArchiverTrouble(run: FaultRun): Promise<string | undefined> {
  const primary = await run.findPrimary();
  if (primary === undefined) return 'no primary';
  try {
    const [row] = await run.sql(
      primary,
      `SELECT CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity') THEN last_failed_wal END,
              (SELECT timeline_id FROM pg_control_checkpoint())
       FROM pg_stat_archiver`,
    );
    const failing = row?.[0] ?? '';
    const verdict = judgeArchiver({ failing, timeline: Number(row?.[1] ?? 0) });
    if (verdict === 'well') return undefined;
    if (verdict === 'superseded') {
      const status = join(run.directoryOf(primary), 'data', 'pg_wal', 'archive_status', failing);
      await runChecked(run, primary, ['mv', '-f', `${status}.ready`, `${status}.done`]);
    }
    // Three failures make the archiver rest for a minute; a segment that ends wakes it up.
    await run.sql(primary, `SELECT pg_logical_emit_message(true, 'pgattest-lab', 'archive')`);
    await run.sql(primary, 'SELECT pg_switch_wal()');
    return `${primary} could not archive ${failing}`;
  } catch (error) {
    return `${primary}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
