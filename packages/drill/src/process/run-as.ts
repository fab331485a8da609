import { readFileSync } from 'node:fs';
import { RuntimeError } from '@pgattest/runtime';

/** The account that owns the database: PostgreSQL refuses root, and pgBackRest's files belong to it. */
export interface RunAs {
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  /** Put before a program: changes the user when we are root, and ends the program when we are killed. */
  readonly prefix: readonly string[];
}

/**
 * How to run programs as `user`: through setpriv when we are root, as we are otherwise. Errors: usage, when the user does
 * not exist or we may not become it.
 */
export function resolveRunAs(user: string, passwd: string = readFileSync('/etc/passwd', 'utf8')): RunAs {
  const uid = process.getuid?.();
  const accounts = passwd.split('\n').map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === user);
  const [, , accountUid = '', accountGid = ''] = account ?? [];
  if (uid === 0) {
    if (account === undefined) {
      throw new RuntimeError(
        'usage',
        `there is no user ${user} on this machine; name the owner of the database: --user`,
      );
    }
    return {
      user,
      uid: Number(accountUid),
      gid: Number(accountGid),
      prefix: [
        'setpriv',
        `--reuid=${accountUid}`,
        `--regid=${accountGid}`,
        '--init-groups',
        '--inh-caps=-all',
        '--pdeathsig=INT',
        '--',
      ],
    };
  }
  if (account !== undefined && Number(accountUid) !== uid) {
    throw new RuntimeError('usage', `run this drill as ${user} or as root: this process runs as user ${String(uid)}`);
  }
  const gid = process.getgid?.() ?? 0;
  return { user, uid: uid ?? 0, gid, prefix: ['setpriv', '--pdeathsig=INT', '--'] };
}

/** Whom a certificate names as operator: the account, and who became root through sudo. */
export function operatorOf(env: Readonly<Record<string, string | undefined>>, passwd: string): string {
  const uid = String(process.getuid?.() ?? '');
  const account = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id]) => id === uid)?.[0];
  const self = account ?? `uid ${uid}`;
  const sudo = env['SUDO_USER'];
  return sudo === undefined || sudo === '' ? self : `${sudo} as ${self}`;
}
