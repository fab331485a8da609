import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the program's own code: the nearest `dist` above this file, or `src` where it runs from its sources. */
export function programDir(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'dist' || basename(folder) === 'src') return folder;
  }
  return start;
}
