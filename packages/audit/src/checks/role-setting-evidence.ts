import type { SqlEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { evidenceRows } from './name-list.ts';
import { psqlRow } from './psql-output.ts';
import { sqlEquals, sqlLiteral } from './sql-literal.ts';

type RoleSetting = FactMap['pg.roles']['settings'][number];

/** Evidence for values bound to a role, a database or both, up to a readable number. */
export const roleSettingsEvidence = (settings: readonly RoleSetting[], expected: Text): readonly SqlEvidence[] =>
  settings.slice(0, evidenceRows).map((setting) => ({
    fact: 'pg.roles',
    at: `${settingPlace(setting).en}: ${setting.name}`,
    actual: psqlRow(setting.database, setting.role, `${setting.name}=${setting.value}`),
    expected,
    sql: `SELECT d.datname, r.rolname, c FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE split_part(c, '=', 1) = ${sqlLiteral(setting.name)} AND d.datname ${sqlEquals(setting.database)} AND r.rolname ${sqlEquals(setting.role)}`,
  }));

/** Whom a bound value is for: `role app in database shop`, `数据库 shop 中的账号 app`. */
export const settingPlace = ({ database, role }: Pick<RoleSetting, 'database' | 'role'>): Text => ({
  en: [role === null ? 'every role' : `role ${role}`, ...(database === null ? [] : [`in database ${database}`])].join(
    ' ',
  ),
  zh: `${database === null ? '' : `数据库 ${database} 中的`}${role === null ? '所有账号' : `账号 ${role}`}`,
});
