import { defineProbe } from '../../probe.ts';
import { parsePasswd } from '../../node/accounts.ts';
import { attempt } from '../../node/attempt.ts';

/** One file in which a shell keeps what was typed. */
export interface ShellHistory {
  readonly path: string;
  readonly state: 'absent' | 'denied' | 'empty' | 'kept';
  readonly mode?: string;
  /** Lines that look as if they hold a password. Absent unless `kept`. */
  readonly secretLines?: number;
}

/** For grep -E -i: a password given to SQL, to libpq or in an address. */
export const historySecretPattern = "password +'|pgpassword=|password=|://[^/@ :]+:[^/@ ]+@";

/** Histories of psql and the shells of the server's account and of root. Their text is never kept. */
export const nodeShellHistories = defineProbe({
  id: 'node.shell-histories',
  subject: 'node',
  title: 'Whether psql and shell histories exist, and how many of their lines look like secrets',
  privilege: 'root, for the home folders of others',
  grants: [],
  async collect({ node }): Promise<readonly ShellHistory[]> {
    const accounts = parsePasswd((await node.readText('/etc/passwd')) ?? '');
    const pattern = new RegExp(historySecretPattern, 'i');
    const histories: ShellHistory[] = [];
    for (const user of new Set([node.paths.pgUser, 'root'])) {
      const home = accounts.find(({ name }) => name === user)?.home;
      if (home === undefined) continue;
      for (const name of ['.psql_history', '.bash_history']) {
        const path = `${home}/${name}`;
        const facts = await attempt(node.facts(path, { follow: true }));
        // A link to /dev/null is how it is switched off.
        if (facts.state !== 'present') histories.push({ path, state: facts.state });
        else if (facts.value.type !== 'file' || facts.value.sizeBytes === 0) histories.push({ path, state: 'empty' });
        else {
          const text = await attempt(node.readText(path));
          if (text.state !== 'present') histories.push({ path, state: text.state });
          else {
            const secretLines = text.value.split('\n').filter((line) => pattern.test(line)).length;
            histories.push({ path, state: 'kept', mode: facts.value.mode, secretLines });
          }
        }
      }
    }
    return histories;
  },
});
