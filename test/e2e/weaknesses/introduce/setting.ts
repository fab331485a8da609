import type { Introduce, WeakTarget } from '../weakness.ts';
import { until } from './until.ts';

/** ALTER SYSTEM on one member, past Patroni, and a reload. */
export const alterSystem =
  (member: string, name: string, value: string): Introduce =>
  async (lab) => {
    // A custom parameter has two names: `"auth_delay"."milliseconds"` is none of PostgreSQL's.
    await lab.sql(member, `ALTER SYSTEM SET ${name} = '${value}'`);
    await reloadUntil(lab, member, `sourcefile ~ 'auto.conf$' OR pending_restart`, name);
    return async () => {
      await lab.sql(member, `ALTER SYSTEM RESET ${name}`);
      await reloadUntil(lab, member, `coalesce(sourcefile, '') !~ 'auto.conf$' AND NOT pending_restart`, name);
    };
  };

async function reloadUntil(lab: WeakTarget, member: string, condition: string, name: string): Promise<void> {
  await lab.sql(member, 'SELECT pg_reload_conf()');
  await until(`${name} on ${member}`, async () => {
    const [row] = await lab.sql(member, `SELECT ${condition} FROM pg_settings WHERE lower(name) = lower('${name}')`);
    return row?.[0] === 't' ? undefined : 'the server has not read it yet';
  });
}
