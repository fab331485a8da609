import { parseUserlist, verifierKind } from '@pgattest/connect';
import { attempt } from '../../node/attempt.ts';
import { defineProbe } from '../../probe.ts';
import { namedFile } from './pgbouncer-files.ts';
import { readYaml } from './read-yaml.ts';

/** One file with passwords of several accounts, and which of them are the same. Passwords stay on the host. */
export interface PasswordFile {
  readonly path: string;
  readonly kind: 'pgpass' | 'userlist' | 'patroni';
  readonly state: 'present' | 'denied';
  /** Accounts with a password in clear. */
  readonly accounts: readonly string[];
  /** Accounts with the same one. */
  readonly shared: readonly (readonly string[])[];
}

interface Login {
  readonly account: string;
  readonly password: string;
}

/** Files that hold passwords in clear, and which accounts in them have the same one. */
export const nodeSharedPasswords = defineProbe({
  id: 'node.shared-passwords',
  subject: 'node',
  title: 'Which accounts in .pgpass, userlist.txt and patroni.yml have the same password (compared on the host)',
  privilege: 'read .pgpass, userlist.txt and patroni.yml on the node: their owners, or root',
  grants: [],
  async collect({ node }): Promise<readonly PasswordFile[]> {
    const named = await attempt(namedFile(node, 'auth_file'));
    const userlist = named.state === 'present' ? named.value : node.paths.pgbouncerUserlist;
    const places = [
      { kind: 'pgpass', path: node.paths.pgpass, read: loginsOfPassfile },
      { kind: 'userlist', path: userlist, read: loginsOfUserlist },
      { kind: 'patroni', path: node.paths.patroniConfig, read: loginsOfPatroni },
    ] as const;
    const files: PasswordFile[] = [];
    for (const { kind, path, read } of places) {
      const text = await attempt(node.readText(path));
      if (text.state === 'absent') continue;
      const logins = text.state === 'present' ? read(text.value, path) : [];
      files.push({
        path,
        kind,
        state: text.state,
        accounts: [...new Set(logins.map(({ account }) => account))],
        shared: sharedIn(logins),
      });
    }
    return files;
  },
});

function sharedIn(logins: readonly Login[]): readonly (readonly string[])[] {
  const accountsOf = new Map<string, Set<string>>();
  for (const { account, password } of logins) {
    accountsOf.set(password, (accountsOf.get(password) ?? new Set()).add(account));
  }
  return [...accountsOf.values()].filter(({ size }) => size > 1).map((accounts) => [...accounts].toSorted());
}

/** `host:port:database:user:password`, with backslashes before colons and backslashes. */
function loginsOfPassfile(text: string): readonly Login[] {
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('#')) return [];
    const fields = [...line.matchAll(/(?<field>(?:\\.|[^:\\])*)(?::|$)/gu)].map(
      ({ groups }) => groups?.['field'] ?? '',
    );
    const [, , , account, password] = fields;
    return account === undefined || password === undefined || password === '' ? [] : [{ account, password }];
  });
}

/** Verifiers are salted, or made with the user's name: only passwords in clear can be compared. */
const loginsOfUserlist = (text: string): readonly Login[] =>
  parseUserlist(text).entries.flatMap(({ user, secret }) =>
    verifierKind(secret) === 'plain' ? [{ account: user, password: secret }] : [],
  );

/** Every `password` of patroni.yml, with the key it stands under as its account. */
function loginsOfPatroni(text: string, path: string): readonly Login[] {
  const logins: Login[] = [];
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'password' && (typeof inner === 'string' || typeof inner === 'number') && inner !== '') {
        logins.push({ account: at, password: String(inner) });
      } else visit(inner, at === '' ? key : `${at}.${key}`);
    }
  };
  visit(readYaml(text, path), '');
  return logins;
}
