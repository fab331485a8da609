import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { startDemoCluster } from './cluster/start-demo-cluster.ts';

test('the example of the README runs as printed', { timeout: 60_000 }, async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```js\nimport \{ startDemoCluster \} from '@pgattest\/lab';\n(.+?)```/su.exec(readme)?.[1];
  expect(example).toBeDefined();
  const run: unknown = runInThisContext(`(async (startDemoCluster, console) => {${example ?? ''}})`);
  if (typeof run !== 'function') throw new TypeError('the example is not a program');
  const log = vi.fn<(dsn: string, counts: unknown) => void>();
  await run(startDemoCluster, { log });
  expect(log).toHaveBeenCalledOnce();
  expect(log.mock.calls[0]?.[0]).toContain('user=pgattest_monitor');
  expect(log.mock.calls[0]?.[1]).toMatchObject({ failed: 0 });
});
