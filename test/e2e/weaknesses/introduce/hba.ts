import type { Introduce, WeakTarget } from '../weakness.ts';
import { edit, prepended } from './file.ts';
import { until } from './until.ts';

/** A rule before all others in pg_hba.conf of one member, past Patroni, and a reload. */
export const hbaRule = (member: string, rule: string): Introduce =>
  edit(`${member}/data/pg_hba.conf`, prepended(rule), async (lab) => reloadServer(lab, member));

/** The server has read its files again. */
export async function reloadServer(lab: WeakTarget, member: string): Promise<void> {
  const [before] = await lab.sql(member, 'SELECT pg_conf_load_time(), pg_reload_conf()');
  await until(`${member} reloads`, async () => {
    const [now] = await lab.sql(member, 'SELECT pg_conf_load_time()');
    return now?.[0] === before?.[0] ? 'not yet' : undefined;
  });
}
