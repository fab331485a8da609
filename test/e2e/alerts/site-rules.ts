import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

/** Writes the rules of a site into a folder, as its administrator would: a site file, and `pgattest rules`. */
export async function writeSiteRules(directory: string, site: string): Promise<void> {
  const file = join(directory, 'site.yml');
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, site);
  await promisify(execFile)(process.execPath, [entry, 'rules', '--site', file, '--out', join(directory, 'rules')]);
}
