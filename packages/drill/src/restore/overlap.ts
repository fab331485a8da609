import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** A path with every link in its existing part followed. */
export async function resolvePath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await resolvePath(parent), path.slice(parent === sep ? 1 : parent.length + 1));
  }
}

/** Whether one directory is the other, or lies in it. Both must be resolved. */
export function overlaps(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

function isWithin(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !path.startsWith(sep));
}
