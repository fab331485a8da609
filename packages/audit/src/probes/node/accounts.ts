import { defineProbe } from '../../probe.ts';
import { parsePasswd } from '../../node/accounts.ts';
import { attempt } from '../../node/attempt.ts';
import { parseWords } from '../../node/key-values.ts';

/** One account of /etc/passwd. */
export interface NodeAccount {
  readonly name: string;
  readonly uid: number;
  readonly shell: string;
  /** Whether that shell lets anybody in. */
  readonly hasShell: boolean;
  /** Of /etc/shadow; null where that may not be read. */
  readonly password: 'set' | 'locked' | 'empty' | 'none' | null;
  /** Keys in ~/.ssh/authorized_keys; null where that may not be read. Only of accounts with a shell. */
  readonly sshKeys: number | null;
}

export interface NodeAccounts {
  readonly pgUser: string;
  readonly accounts: readonly NodeAccount[];
  /** PASS_MAX_DAYS, PASS_MIN_DAYS, UMASK of /etc/login.defs. */
  readonly loginDefs: Readonly<Record<string, string>>;
  /** /etc/security/pwquality.conf; null without that file. */
  readonly passwordQuality: Readonly<Record<string, string>> | null;
  /** Whether PAM locks an account after failures (pam_faillock, pam_tally2). */
  readonly locksOut: boolean | null;
  /** TMOUT of the shell profiles in seconds; null where it is not set. */
  readonly shellTimeoutSeconds: number | null;
}

const shut = /\/(?:nologin|false|sync|shutdown|halt)$/;
const profiles = ['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc'] as const;

/** Accounts, whether they can log in, and the policy for their passwords. No hash leaves the host. */
export const nodeAccounts = defineProbe({
  id: 'node.accounts',
  subject: 'node',
  title: 'Accounts, login shells, password states and password policy (/etc)',
  privilege: 'root for /etc/shadow and the SSH keys of others; without it those are unknown',
  grants: [],
  async collect({ node }): Promise<NodeAccounts> {
    const passwd = parsePasswd((await node.readText('/etc/passwd')) ?? '');
    const shadow = await attempt(node.readText('/etc/shadow'));
    const states = shadow.state === 'present' ? passwordStates(shadow.value) : undefined;
    const accounts: NodeAccount[] = [];
    for (const { name, uid, shell, home } of passwd) {
      const hasShell = !shut.test(shell);
      const keys = hasShell
        ? await attempt(node.readText(`${home}/.ssh/authorized_keys`))
        : { state: 'absent' as const };
      accounts.push({
        name,
        uid,
        shell,
        hasShell,
        password: states === undefined ? null : (states.get(name) ?? 'none'),
        sshKeys: keys.state === 'denied' ? null : keys.state === 'absent' ? 0 : countKeys(keys.value),
      });
    }
    const defs = parseWords((await node.readText('/etc/login.defs')) ?? '', /\s+/);
    const quality = await node.readText('/etc/security/pwquality.conf');
    return {
      pgUser: node.paths.pgUser,
      accounts,
      loginDefs: pick(defs, ['PASS_MAX_DAYS', 'PASS_MIN_DAYS', 'UMASK']),
      passwordQuality:
        quality === undefined
          ? null
          : pick(parseWords(quality, /\s*=\s*/), ['minlen', 'minclass', 'dcredit', 'ucredit', 'lcredit', 'ocredit']),
      locksOut: await locksOut((path) => node.readText(path)),
      shellTimeoutSeconds: await findTimeout(
        async (path) => {
          const found = await attempt(node.readText(path));
          return found.state === 'present' ? found.value : undefined;
        },
        (await node.list('/etc/profile.d')) ?? [],
      ),
    };
  },
});

function passwordStates(shadow: string): ReadonlyMap<string, 'set' | 'locked' | 'empty'> {
  return new Map(
    shadow.split('\n').flatMap((line): readonly (readonly [string, 'set' | 'locked' | 'empty'])[] => {
      const [name, hash] = line.split(':');
      if (name === undefined || hash === undefined) return [];
      return [[name, hash === '' ? 'empty' : /^[!*]/.test(hash) ? 'locked' : 'set']];
    }),
  );
}

const countKeys = (text: string): number => text.split('\n').filter((line) => /^\s*[^#\s]/.test(line)).length;

const pick = (words: ReadonlyMap<string, string>, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.flatMap((name) => (words.has(name) ? [[name, words.get(name) ?? '']] : [])));

async function locksOut(read: (path: string) => Promise<string | undefined>): Promise<boolean | null> {
  let isAny = false;
  for (const path of ['/etc/pam.d/common-auth', '/etc/pam.d/system-auth', '/etc/pam.d/password-auth']) {
    const text = await read(path);
    if (text === undefined) continue;
    isAny = true;
    if (/^[^#\n]*pam_(?:faillock|tally2)\.so/m.test(text)) return true;
  }
  return isAny ? false : null;
}

async function findTimeout(
  read: (path: string) => Promise<string | undefined>,
  fragments: readonly string[],
): Promise<number | null> {
  const paths = [
    ...profiles,
    ...fragments.filter((name) => name.endsWith('.sh')).map((name) => `/etc/profile.d/${name}`),
  ];
  let found: number | null = null;
  for (const path of paths) {
    const match = /^[^#\n]*\bTMOUT=(?<seconds>\d+)/m.exec((await read(path)) ?? '');
    if (match !== null) found = Number(match.groups?.['seconds']);
  }
  return found;
}
