import { defineCheck, notApplicable, pass, warn, type SqlEvidence } from '../../check.ts';
import type { Text } from '../../text.ts';
import type { FactMap } from '../../facts.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';
import { sqlLiterals } from '../sql-literal.ts';

const maintenance: readonly string[] = ['postgres'];

export const pgPublicNoConnect = defineCheck({
  id: 'pg-public-no-connect',
  catalogue: ['ROLE-011'],
  title: { en: 'Not every role may enter every business database', zh: 'PUBLIC 不能连接业务数据库' },
  severity: 'medium',
  rationale: {
    en: 'A new database lets PUBLIC connect and make temporary tables; one leaked account then reaches them all.',
    zh: '新建数据库默认允许 PUBLIC 连接并创建临时表，任一账号泄露即可进入全部业务库。',
  },
  remediation: {
    en: 'Revoke CONNECT and TEMPORARY from PUBLIC and grant them to the roles of the application.',
    zh: '收回 PUBLIC 的 CONNECT 和 TEMPORARY 权限，仅授予该应用所需账号。',
  },
  fix: [
    'REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC',
    'GRANT CONNECT ON DATABASE {database} TO {role}',
  ],
  needs: ['pg.databases'],
  /** Databases that hold no business data. Templates never count. */
  params: { otherDatabases: maintenance },
  evaluate({ 'pg.databases': { all } }, { otherDatabases }) {
    const business = all.filter(({ name, isTemplate }) => !isTemplate && !otherDatabases.includes(name));
    const expected = { en: 'f and f', zh: 'f 且 f' };
    if (business.length === 0) {
      return notApplicable(
        { en: 'the instance has no business database', zh: '实例上没有业务数据库' },
        {
          fact: 'pg.databases',
          at: 'databases',
          actual: all
            .filter(({ isTemplate }) => !isTemplate)
            .slice(0, evidenceRows)
            .map(({ name }) => name)
            .join('\n'),
          expected: { en: 'a database of an application', zh: '存在业务数据库' },
          sql: `SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname LIMIT ${evidenceRows}`,
        },
      );
    }
    const open = business.filter(({ publicConnect, publicTemporary }) => publicConnect || publicTemporary);
    if (open.length === 0) {
      return pass(
        {
          en: `PUBLIC may neither connect to nor make temporary tables in ${nameList(business.map(({ name }) => name)).en}`,
          zh: `经核查，PUBLIC 对业务数据库 ${nameList(business.map(({ name }) => name)).zh} 无 CONNECT、TEMPORARY 权限，符合要求`,
        },
        privilegesEvidence(business, expected),
      );
    }
    const list = nameList(open.map(({ name }) => name));
    return warn(
      {
        en: `every role may connect to or make temporary tables in ${list.en}`,
        zh: `经核查，PUBLIC 对业务数据库 ${list.zh} 具有 CONNECT 或 TEMPORARY 权限`,
      },
      privilegesEvidence(open, expected),
    );
  },
});

/** Whether PUBLIC has a privilege on a database; no ACL stands for the built-in one. */
const granted = (privilege: string): string =>
  `EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) AS a WHERE a.grantee = 0 AND a.privilege_type = '${privilege}')`;

function privilegesEvidence(databases: FactMap['pg.databases']['all'], expected: Text): SqlEvidence {
  const listed = databases.slice(0, evidenceRows);
  return {
    fact: 'pg.databases',
    at: 'database, PUBLIC may connect, make temporary tables',
    actual: psqlRows(listed.map(({ name, publicConnect, publicTemporary }) => [name, publicConnect, publicTemporary])),
    expected,
    sql: `SELECT datname, ${granted('CONNECT')}, ${granted('TEMPORARY')} FROM pg_database WHERE datname IN (${sqlLiterals(listed.map(({ name }) => name))}) ORDER BY datname`,
  };
}
