import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitor } from '../cast.ts';
import type { Introduce, WeakTarget } from '../weakness.ts';
import { runOn } from './run-on.ts';
import { until } from './until.ts';

/** Changes haproxy.cfg and restarts HAProxy with it; healing starts the lab's own again. */
export const proxyConfig =
  (change: (text: string) => string): Introduce =>
  async (lab) => {
    const own = lab.daemon(`haproxy@${monitor}`);
    const file = join(lab.directory, monitor, 'haproxy/haproxy.cfg');
    const pidFile = join(lab.directory, monitor, 'haproxy/weak.pid');
    const before = await readFile(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`the edit of haproxy.cfg changes nothing: ${before}`);
    const heal = async (): Promise<void> => {
      await runOn(lab, monitor, ['sh', '-c', `[ ! -s ${pidFile} ] || kill $(cat ${pidFile}) || true`]);
      await rm(pidFile, { force: true });
      // Writes its configuration again, and waits until clients get through.
      await own.start();
      await untilRouted(lab);
    };
    // A start of the lab's own would write its configuration again.
    await own.stop();
    try {
      await writeFile(file, after);
      await runOn(lab, monitor, ['sh', '-c', `haproxy -f ${file} -D -p ${pidFile} >/dev/null 2>&1`]);
      await untilRouted(lab);
    } catch (error) {
      await heal();
      throw error;
    }
    return heal;
  };

/** Every service has been checked once: the primary's has one server, the others have one that is up. */
async function untilRouted(lab: WeakTarget): Promise<void> {
  await until('HAProxy has checked its servers', async () => {
    const answer = await lab.http(`http://198.51.100.10:9101/metrics?scope=server`, { timeoutMs: 5_000 });
    if (answer?.status !== 200) return `its metrics answer ${answer?.status ?? 'nothing'}`;
    const isUp = (proxy: string, server: string): boolean =>
      answer.body.includes(`haproxy_server_status{proxy="${proxy}",server="${server}",state="UP"} 1`);
    if (!isUp('pg-test-primary', 'pg-test-1')) return 'the primary is not up';
    return isUp('pg-test-replica', 'pg-test-2') ? undefined : 'the replica is not up';
  });
}
