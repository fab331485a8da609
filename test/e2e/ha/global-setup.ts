import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearResults, renderTable, resultDirectory } from './results.ts';

const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

/** Before the suite: forget the last results and end what a killed run left. After it: the table, and how long it took. */
export function setup(): () => void {
  clearResults();
  endLeftLabs();
  const started = Date.now();
  return () => {
    const table = renderTable();
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    writeFileSync(join(resultDirectory, 'table.md'), table);
    process.stdout.write(
      `\n${table}\nthe high-availability suite took ${minutes} minutes; ${resultDirectory}table.md\n`,
    );
  };
}

/** Labs of test runs that are gone: their names end in the process id of the run. */
function endLeftLabs(): void {
  const directory = join(tmpdir(), `pgattest-lab-${process.getuid?.() ?? 0}`);
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) {
    const pid = /^ha-[a-z-]+-(\d+)$/u.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    process.stdout.write(`ending lab ${name}, which a killed run left\n`);
    spawnSync(process.execPath, [entry, 'lab', 'down', '--name', name], { stdio: 'inherit', timeout: 60_000 });
  }
}
