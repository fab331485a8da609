import { setTimeout as sleep } from 'node:timers/promises';
import { labPorts, type Lab } from '@pgattest/lab';

/** Tells the auditor to run, once a run that began earlier has ended: that one may have looked before the fault. */
export async function auditNow(lab: Lab): Promise<void> {
  const url = `http://${lab.topology.monitor.address}:${labPorts.auditor}/run`;
  const end = Date.now() + 120_000;
  for (;;) {
    const answer = await lab.http(url, { method: 'POST', timeoutMs: 10_000 });
    if (answer?.status !== 202)
      throw new Error(`the auditor does not run: ${answer?.status ?? 'no answer'} from ${url}`);
    if (answer.body.includes('started')) return;
    if (Date.now() > end) throw new Error(`the auditor is still busy after two minutes: ${answer.body}`);
    await sleep(500);
  }
}
