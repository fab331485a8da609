import { defineProbe } from '../../probe.ts';
import { showRows } from './show-rows.ts';

/** A setting as PgBouncer runs with it. `defaultValue` is null before 1.15, which does not tell. */
export interface PgbouncerSetting {
  readonly value: string;
  readonly defaultValue: string | null;
}

/** What runs, by name. */
export type PgbouncerConfig = Readonly<Record<string, PgbouncerSetting>>;

/** Settings of the running PgBouncer. It shows no password but that of an LDAP bind, which is left out here. */
export const pgbouncerConfig = defineProbe({
  id: 'pgbouncer.config',
  subject: 'pgbouncer',
  title: 'Settings that PgBouncer runs with (SHOW CONFIG, without secrets)',
  privilege: 'membership in stats_users of pgbouncer.ini',
  grants: [],
  async collect({ console, signal }): Promise<PgbouncerConfig> {
    const rows = await showRows(console, 'SHOW CONFIG', signal);
    return Object.fromEntries(
      rows.map((row) => [
        row.get('key') ?? '',
        { value: withoutSecret(row.get('value') ?? ''), defaultValue: row.get('default') ?? null },
      ]),
    );
  },
});

const withoutSecret = (value: string): string =>
  value.replaceAll(/(\b\w*(?:passw(?:or)?d|secret)\w*\s*=\s*)(?:"[^"]*"|'[^']*'|\S+)/giu, '$1***');
