import type { DaemonHandle, FaultRun } from '../../fault.ts';

/** SIGKILL, and waits until it is gone. */
export async function killDaemon(run: FaultRun, daemon: DaemonHandle): Promise<void> {
  daemon.signal('SIGKILL');
  await run.until(
    `${daemon.id} is gone`,
    async () => (daemon.pid === undefined ? undefined : `pid ${daemon.pid} still runs`),
    20_000,
  );
}
