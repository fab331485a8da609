import { randomBytes } from 'node:crypto';
import { chmod, chown, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file of a daemon so that it is seen whole, with its owner and mode, or not at all. Without the fsync of
 * runtime's writeFileAtomic: the lab does not survive a crash of the machine, and there are a hundred such files.
 */
export async function writeLabFile(
  path: string,
  content: string,
  mode: number,
  owner: { readonly uid: number; readonly gid: number } | undefined,
): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    // Private until it has its owner: it may hold a password.
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
    if (owner !== undefined) await chown(temporary, owner.uid, owner.gid);
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
