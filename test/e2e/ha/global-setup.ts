import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearResults, renderTable, resultDirectory } from './results.ts';

/** Before the suite: forget the last results. After it: the table, and how long it took. */
export function setup(): () => void {
  clearResults();
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
