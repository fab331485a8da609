import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { labPorts, startLab, type LabOptions } from '@pgattest/lab';
import { expect, test, vi } from 'vitest';

const root = new URL('../../../', import.meta.url).pathname;

test('the example of the README runs as printed', async () => {
  const readme = readFileSync(join(root, 'packages/lab/README.md'), 'utf8');
  const example = /```js\nimport \{ labPorts, startLab \} from '@pgattest\/lab';\n(.+?)```/su.exec(readme)?.[1];
  expect(example).toBeDefined();
  const run: unknown = runInThisContext(`(async (startLab, labPorts, console) => {${example ?? ''}})`);
  if (typeof run !== 'function') throw new TypeError('the example is not a program');
  const log = vi.fn<(...words: readonly unknown[]) => void>();
  const start = async (options: Partial<LabOptions>, site: { readonly entry: string }): ReturnType<typeof startLab> =>
    startLab(options, { ...site, entry: join(root, site.entry) });
  await run(start, labPorts, { log });
  expect(log).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^pg-test-[12]$/u),
    ['f'],
    expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
    'app_rw',
  );
});
