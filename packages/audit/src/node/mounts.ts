import type { NodeAccess } from './access.ts';
import { attempt } from './attempt.ts';

/** One line of /proc/self/mountinfo. */
export interface Mount {
  readonly device: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
  readonly fsType: string;
  readonly source: string;
}

/** Mounts in the order of the kernel; the last of those that hold a path counts. */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [left = '', right = ''] = line.split(' - ');
    const [, , device, , mountPoint, options] = left.split(' ');
    const [fsType, source] = right.split(' ');
    if (device === undefined || mountPoint === undefined || fsType === undefined || source === undefined) return [];
    return [
      { device, mountPoint: plain(mountPoint), options: (options ?? '').split(','), fsType, source: plain(source) },
    ];
  });
}

/** The mount that holds an absolute path without symbolic links. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  const holds = ({ mountPoint }: Mount): boolean =>
    mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);
  return mounts
    .filter(holds)
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.mountPoint.length >= best.mountPoint.length ? mount : best),
      undefined,
    );
}

/**
 * Whether the block device below is dm-crypt, itself or through every device it is made of. Null where the file system
 * has no such device (network, overlay, memory), so that nothing is said.
 */
export async function isEncrypted(node: NodeAccess, device: string, depth = 0): Promise<boolean | null> {
  if (device.startsWith('0:') || depth > 8) return null;
  const folder = `/sys/dev/block/${device}`;
  const uuid = await attempt(node.readText(`${folder}/dm/uuid`));
  if (uuid.state === 'denied') return null;
  if (uuid.state === 'present' && uuid.value.startsWith('CRYPT-')) return true;
  const below = await attempt(node.list(`${folder}/slaves`));
  if (below.state === 'denied') return null;
  if (below.state === 'absent') {
    // A partition has no list of its own; an unknown device says nothing.
    return (await node.list(folder)) === undefined ? null : false;
  }
  if (below.value.length === 0) return false;
  const states: (boolean | null)[] = [];
  for (const name of below.value) {
    const number = (await node.readText(`${folder}/slaves/${name}/dev`))?.trim();
    states.push(number === undefined ? null : await isEncrypted(node, number, depth + 1));
  }
  return states.includes(null) ? null : states.every((state) => state === true);
}

const plain = (word: string): string =>
  word.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 8)));
