import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Introduce, WeakTarget } from '../weakness.ts';
import { edit } from './file.ts';
import { until } from './until.ts';

/** Changes a file of PgBouncer of a member and lets it read its files again. */
export const poolerFile = (
  member: string,
  file: 'pgbouncer.ini' | 'userlist.txt' | 'pgb_hba.conf',
  change: (text: string) => string,
): Introduce => edit(`${member}/pgbouncer/${file}`, change, async (lab) => reloadPooler(lab, member));

/** Sets one setting of pgbouncer.ini, which the file has or has not yet. */
export const poolerSetting = (member: string, name: string, value: string): Introduce =>
  poolerFile(member, 'pgbouncer.ini', (text) => {
    const line = new RegExp(`^${name} *=.*$`, 'mu');
    return line.test(text) ? text.replace(line, `${name} = ${value}`) : `${text.trimEnd()}\n${name} = ${value}\n`;
  });

/** It says so before it reads them, and does both in one go. */
async function reloadPooler(lab: WeakTarget, member: string): Promise<void> {
  const log = join(lab.directory, 'log', `pgbouncer@${member}.log`);
  const countReloads = async (): Promise<number> => (await readFile(log, 'utf8')).split('got SIGHUP').length;
  const before = await countReloads();
  await lab.daemon(`pgbouncer@${member}`).signal('SIGHUP');
  await until(`PgBouncer of ${member} reloads`, async () => ((await countReloads()) > before ? undefined : 'not yet'));
}
