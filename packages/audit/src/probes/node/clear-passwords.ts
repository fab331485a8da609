import { parsePasswd } from '../../node/accounts.ts';
import { attempt } from '../../node/attempt.ts';
import type { NodeAccess } from '../../node/access.ts';
import { readProcesses } from '../../node/processes.ts';
import { passwordPattern } from '../../password-pattern.ts';
import { defineProbe } from '../../probe.ts';

/** A profile, service file or schedule with lines that look like passwords. */
export interface ClearPasswordFile {
  readonly path: string;
  readonly state: 'present' | 'denied';
  readonly mode?: string;
  readonly owner?: string;
  /** Lines that look as if a password stands in them. */
  readonly lines?: number;
}

/** Where a password stands in clear: places and names, never the password. */
export interface ClearPasswords {
  /** Names of programs with a password among their arguments, which every account of the host may read. */
  readonly arguments: readonly string[];
  /** Names of programs with PGPASSWORD in their environment. */
  readonly environments: readonly string[];
  /** Processes whose environment may not be read. */
  readonly unreadable: number;
  readonly files: readonly ClearPasswordFile[];
}

/** Looks for passwords in arguments, environments, profiles, service files and schedules of this host. */
export const nodeClearPasswords = defineProbe({
  id: 'node.clear-passwords',
  subject: 'node',
  title: 'Where passwords stand in clear: arguments, environments, profiles, pg_service.conf, cron (places only)',
  privilege: 'root, for the environments and home folders of others',
  grants: [],
  async collect({ node }): Promise<ClearPasswords> {
    const pattern = new RegExp(passwordPattern, 'iu');
    const inArguments = new Set<string>();
    const inEnvironments = new Set<string>();
    let unreadable = 0;
    for (const { pid, name } of await readProcesses(node)) {
      const words = await attempt(node.readText(`/proc/${pid}/cmdline`));
      if (words.state === 'present' && words.value.split('\0').some((word) => pattern.test(word)))
        inArguments.add(name);
      const environment = await attempt(node.readText(`/proc/${pid}/environ`));
      if (environment.state === 'denied') unreadable += 1;
      if (environment.state === 'present' && /(?:^|\0)PGPASSWORD=/u.test(environment.value)) inEnvironments.add(name);
    }
    const files: ClearPasswordFile[] = [];
    for (const path of await placesOf(node)) {
      const facts = await attempt(node.facts(path, { follow: true }));
      const text = await attempt(node.readText(path));
      if (facts.state === 'denied' || text.state === 'denied') files.push({ path, state: 'denied' });
      if (facts.state !== 'present' || text.state !== 'present' || facts.value.type !== 'file') continue;
      const lines = text.value.split('\n').filter((line) => pattern.test(line)).length;
      const { mode, owner } = facts.value;
      files.push({ path, state: 'present', mode, owner, lines });
    }
    return {
      arguments: [...inArguments].toSorted(),
      environments: [...inEnvironments].toSorted(),
      unreadable,
      files,
    };
  },
});

/** Files of the server's account, of root and of everybody. Those made to hold passwords are judged by their modes. */
async function placesOf(node: NodeAccess): Promise<readonly string[]> {
  const accounts = parsePasswd((await node.readText('/etc/passwd')) ?? '');
  const users = [...new Set([node.paths.pgUser, 'root'])];
  const homes = users.flatMap((user) => accounts.find(({ name }) => name === user)?.home ?? []);
  const cron = await attempt(node.list('/etc/cron.d'));
  return [
    ...homes.flatMap((home) =>
      ['.bash_profile', '.bashrc', '.profile', '.pg_service.conf'].map((name) => `${home}/${name}`),
    ),
    '/etc/environment',
    '/etc/profile',
    '/etc/crontab',
    '/etc/pg_service.conf',
    '/etc/postgresql-common/pg_service.conf',
    '/etc/sysconfig/pgsql/pg_service.conf',
    ...users.flatMap((user) => [`/var/spool/cron/${user}`, `/var/spool/cron/crontabs/${user}`]),
    ...(cron.state === 'present' ? cron.value.map((name) => `/etc/cron.d/${name}`) : []),
  ];
}
