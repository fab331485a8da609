import type { FaultRun } from '../../fault.ts';

/** Ends every process of a host at once, as a power failure does: nobody gets to say goodbye. */
export async function killHost(run: FaultRun, host: string): Promise<void> {
  const postmaster = run.postmasterOf(host);
  // Frozen first: a postmaster that sees a child die would start a recovery in the meantime.
  if (postmaster !== undefined) run.signal(postmaster, 'SIGSTOP');
  const backends = postmaster === undefined ? [] : run.childrenOf(postmaster);
  const daemons = run.daemonsOf(host).filter(({ pid }) => pid !== undefined);
  for (const daemon of daemons) daemon.signal('SIGKILL');
  for (const pid of backends) run.signal(pid, 'SIGKILL');
  if (postmaster !== undefined) run.signal(postmaster, 'SIGKILL');
  await run.until(
    `every process of ${host} is gone`,
    async () => {
      if (run.postmasterOf(host) !== undefined) return 'PostgreSQL still runs';
      return daemons.find(({ pid }) => pid !== undefined)?.id;
    },
    20_000,
  );
}

/** Starts what does not run on a host, all at once: some of it may wait for the rest. */
export async function startHost(run: FaultRun, host: string): Promise<void> {
  await Promise.all(
    run
      .daemonsOf(host)
      .filter(({ pid }) => pid === undefined)
      .map((daemon) => daemon.start()),
  );
}
