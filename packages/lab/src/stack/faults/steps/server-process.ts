import type { FaultRun } from '../../fault.ts';

/** Pid of the one background process of this kind on a member: `walreceiver`, `startup`. */
export async function findServerProcess(
  run: FaultRun,
  member: string,
  kind: 'walreceiver' | 'startup',
): Promise<number | undefined> {
  const rows = await run.sql(member, `SELECT pid FROM pg_stat_activity WHERE backend_type = '${kind}'`);
  const pid = Number(rows[0]?.[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}
