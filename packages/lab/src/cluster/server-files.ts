import { chmodSync, chownSync, lchownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemUser } from '../process/system-user.ts';

/** Writes a file that the server's user owns and nobody else may read. */
export function writeServerFile(path: string, content: string, user: SystemUser | undefined): void {
  writeFileSync(path, content, { mode: 0o600 });
  chmodSync(path, 0o600);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Makes a directory that the server's user owns; 0700 unless said otherwise. */
export function makeServerDir(path: string, user: SystemUser | undefined, mode = 0o700): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

/** Gives a whole tree to the server's user. */
export function giveTree(path: string, user: SystemUser | undefined): void {
  if (user === undefined) return;
  lchownSync(path, user.uid, user.gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveTree(child, user);
    else lchownSync(child, user.uid, user.gid);
  }
}
