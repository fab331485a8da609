import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** HTML reports below a directory that were written since then; those of `latest` where there are any. */
export function reportsSince(dir: string, sinceMs: number): readonly string[] {
  if (!existsSync(dir)) return [];
  const written = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).mtimeMs >= sinceMs - 1_000)
    .toSorted();
  const latest = written.filter((path) => path.includes('/latest/'));
  return latest.length > 0 ? latest : written;
}

/** The path as the user may type it here. */
export function shortestPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
