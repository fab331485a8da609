import { passwordPattern } from '../password-pattern.ts';
import { defineProbe } from '../probe.ts';

export interface Setting {
  /** pg_settings.setting: raw text in the setting's unit. */
  readonly value: string;
  readonly unit: string | null;
  readonly source: string;
  readonly pendingRestart: boolean;
}

/**
 * pg_settings as the server runs it now, by name; values that may hold a secret stay in the server and read `***`.
 * Values of superuser-only settings need pg_read_all_settings.
 */
export const pgSettings = defineProbe({
  id: 'pg.settings',
  subject: 'instance',
  title: 'Run-time settings (pg_settings)',
  privilege: 'pg_read_all_settings (part of pg_monitor)',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect({ pg, signal }): Promise<Readonly<Record<string, Setting>>> {
    const rows = await pg.rows<{ name: string; setting: string; unit: string | null; source: string; pending: string }>(
      `SELECT name,
              CASE WHEN name IN ('primary_conninfo', 'ssl_passphrase_command', 'krb_server_keyfile')
                     OR setting ~* '${passwordPattern}' THEN '***'
                   ELSE setting END AS setting,
              unit,
              source,
              pending_restart AS pending
       FROM pg_settings
       ORDER BY name`,
      { signal },
    );
    return Object.fromEntries(
      rows.map(({ name, setting, unit, source, pending }) => [
        name,
        { value: setting, unit, source, pendingRestart: pending === 't' },
      ]),
    );
  },
});
