import { defineCheck, fail, pass, warn, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import type { Text } from '../../text.ts';
import { passwordPattern } from '../../password-pattern.ts';
import { membershipOf } from '../membership.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow } from '../psql-output.ts';
import { settingPlace } from '../role-setting-evidence.ts';
import { sqlEquals, sqlLiteral } from '../sql-literal.ts';

type ConnectionString = FactMap['pg.connection-strings'][number];

export const pgSettingsNoPassword = defineCheck({
  id: 'pg-settings-no-password',
  catalogue: ['PWD-008'],
  title: { en: 'No setting or catalog entry holds a password', zh: '配置和系统表的连接串中不含口令' },
  severity: 'medium',
  rationale: {
    en: 'Settings are shown to many: monitoring roles, backups of the configuration, support bundles. A password in one is a password in all of them.',
    zh: '配置参数可被监控账号、配置备份等多方读取，其中的口令等同于公开。',
  },
  remediation: {
    en: 'Move the password to a passfile of mode 0600, or use a client certificate; then set the setting again without it, and change the password.',
    zh: '将口令移入权限为 0600 的 passfile 或改用客户端证书，重新设置不含口令的参数，并更换该口令。',
  },
  fix: [
    `ALTER SYSTEM SET primary_conninfo = 'host={primary} user={role} passfile={file}'`,
    'ALTER SUBSCRIPTION {subscription} CONNECTION {connection string without a password}',
  ],
  needs: ['pg.connection-strings', 'pg.roles'],
  params: {},
  evaluate({ 'pg.connection-strings': strings, 'pg.roles': roles }) {
    const leaks = strings.filter(({ hasPassword }) => hasPassword);
    if (leaks.length === 0) {
      return pass(
        {
          en: `none of ${strings.length} connection strings and commands holds a password`,
          zh: `经核查，${strings.length} 处连接串及命令均不含口令，符合要求`,
        },
        ...strings.slice(0, evidenceRows).map(evidenceOf),
      );
    }
    const isMember = membershipOf(roles);
    const readers = roles.roles.filter(
      (role) => role.canLogin && !role.superuser && isMember(role.name, 'pg_read_all_settings'),
    );
    const exposed = leaks.filter(
      ({ catalog, readableByAll }) => readableByAll || (catalog === 'pg_settings' && readers.length > 0),
    );
    const list = listOf(leaks);
    const shown = listOf(exposed);
    return exposed.length > 0
      ? fail(
          {
            en: `a password stands where ordinary roles can read it: ${shown.en}`,
            zh: `经核查，以下配置含有口令且可被普通账号读取：${shown.zh}`,
          },
          ...leaks.slice(0, evidenceRows).map(evidenceOf),
        )
      : warn(
          {
            en: `a password stands in ${list.en}, which superusers alone can read`,
            zh: `经核查，以下配置含有口令（仅超级用户可读）：${list.zh}`,
          },
          ...leaks.slice(0, evidenceRows).map(evidenceOf),
        );
  },
});

/** `primary_conninfo`, `app.dsn of role app`, `app.dsn（账号 app）`. */
const placeOf = ({ name, role, database }: ConnectionString): Text => {
  if (role === null && database === null) return { en: name, zh: name };
  const place = settingPlace({ role, database });
  return { en: `${name} of ${place.en}`, zh: `${name}（${place.zh}）` };
};

const listOf = (entries: readonly ConnectionString[]): Text => {
  const places = entries.map(placeOf);
  return { en: nameList(places.map(({ en }) => en)).en, zh: nameList(places.map(({ zh }) => zh)).zh };
};

/** Evidence says yes or no; the text itself, and so the password, is never printed. */
function evidenceOf(entry: ConnectionString): SqlEvidence {
  const { name, database, role, hasPassword } = entry;
  const statements: Readonly<Record<ConnectionString['catalog'], string>> = {
    pg_settings: `SELECT setting ~* '${passwordPattern}' FROM pg_settings WHERE name = ${sqlLiteral(name)}`,
    pg_stat_wal_receiver: `SELECT conninfo ~* '${passwordPattern}' FROM pg_stat_wal_receiver`,
    pg_db_role_setting: `SELECT c ~* '${passwordPattern}' FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE split_part(c, '=', 1) = ${sqlLiteral(name)} AND d.datname ${sqlEquals(database)} AND r.rolname ${sqlEquals(role)}`,
    pg_subscription: `SELECT s.subconninfo ~* '${passwordPattern}' FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE s.subname = ${sqlLiteral(name)} AND d.datname ${sqlEquals(database)}`,
  };
  return {
    fact: 'pg.connection-strings',
    at: `${entry.catalog}: ${placeOf(entry).en}`,
    actual: psqlRow(hasPassword),
    expected: { en: 'f (no password)', zh: 'f（不含口令）' },
    sql: statements[entry.catalog],
  };
}
