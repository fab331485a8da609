import type { FactMap } from '../facts.ts';

type Settings = FactMap['pg.settings'];
type Volume = FactMap['node.volumes'][number];

/** An absolute path without `.` and `..`; a relative one is below `base`. */
export function absolutePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether a path is a folder or lies below it. */
export const isWithin = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);

/** log_directory as an absolute path; a relative one is below the data directory (PostgreSQL docs 19.8.1). */
export const logFolderOf = (settings: Settings): string =>
  absolutePath(settings['data_directory']?.value ?? '/', settings['log_directory']?.value ?? '');

/** The log folder as the node has it, symbolic links resolved; undefined when the node looked at another one. */
export function findLogVolume(
  folder: string,
  volumes: readonly Volume[],
): { readonly realPath: string; readonly volume: Volume } | undefined {
  for (const volume of volumes) {
    if (volume.what !== 'log' && volume.what !== 'pgdata') continue;
    for (const known of [volume.path, volume.realPath]) {
      if (isWithin(folder, known)) return { realPath: `${volume.realPath}${folder.slice(known.length)}`, volume };
    }
  }
  return undefined;
}
