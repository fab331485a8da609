import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { LabError } from '../errors.ts';

/** Who runs the servers: PostgreSQL refuses to run as root. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user the servers run as: undefined means "as we are"; as root it is an existing unprivileged account. */
export function chooseServerUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = parseUsers(readFileSync('/etc/passwd', 'utf8'));
  // nobody owns no files of its own, so the demo cannot disturb an installed PostgreSQL.
  const user = users.find(({ name }) => name === 'nobody') ?? users.find(({ name }) => name === 'postgres');
  if (user === undefined || user.uid === 0) {
    throw new LabError(
      'platform_unsupported',
      'PostgreSQL cannot run as root and /etc/passwd has neither nobody nor postgres; run as an ordinary user',
    );
  }
  const tried = spawnSync('/bin/true', { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' });
  if (tried.error !== undefined) {
    throw new LabError(
      'platform_unsupported',
      `PostgreSQL cannot run as root, and root may not become ${user.name} here (${tried.error.message}); run as an ordinary user, or in a container that maps more than one user`,
      { cause: tried.error },
    );
  }
  return user;
}

/** Lines of passwd(5) as users; malformed lines are left out. */
export function parseUsers(passwd: string): readonly SystemUser[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    return /^\d+$/u.test(uid) && /^\d+$/u.test(gid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether that user passes a shell test such as `-x "$1"` on the path; asks the kernel instead of guessing from modes. */
export function canAccess(user: SystemUser | undefined, test: 'r' | 'w' | 'x', path: string): boolean {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const result = spawnSync('/bin/sh', ['-c', `test -${test} "$1"`, 'sh', path], {
    ...identity,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: 'ignore',
  });
  return result.status === 0;
}
