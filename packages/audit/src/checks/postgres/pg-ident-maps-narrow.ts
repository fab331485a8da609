import { defineCheck, fail, pass, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { findExpression } from '../hba-match.ts';
import { membershipOf, type IsMember } from '../membership.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { psqlRow } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

type Ident = FactMap['pg.ident'];
type Mapping = Ident['mappings'][number];

const owners: readonly string[] = ['postgres'];

export const pgIdentMapsNarrow = defineCheck({
  id: 'pg-ident-maps-narrow',
  catalogue: ['AUTH-022'],
  title: { en: 'User name maps do not widen privilege', zh: '用户名映射未扩大权限' },
  severity: 'medium',
  rationale: {
    en: 'A map turns an outside identity into a database role; a wide one turns many identities into a superuser.',
    zh: '用户名映射将外部身份转换为数据库账号，映射过宽会使多个外部身份获得超级用户权限。',
  },
  remediation: {
    en: 'Map each identity to one role by name; map to superusers only the operating system owner of the server.',
    zh: '逐一按名称映射外部身份与账号；仅允许数据库属主的系统账号映射为超级用户。',
  },
  fix: ['{map}  {identity}  {role}', 'SELECT pg_reload_conf()'],
  needs: ['pg.ident', 'pg.hba', 'pg.roles'],
  /** `ownerIdentities`: outside names that belong to the owner of the server. */
  params: { ownerIdentities: owners },
  evaluate({ 'pg.ident': ident, 'pg.hba': hba, 'pg.roles': roles }, { ownerIdentities }) {
    if (ident.errors.length > 0) {
      const lines = nameList(ident.errors.map(({ line }) => String(line)));
      return fail(
        {
          en: `pg_ident.conf does not parse (line ${lines.en}), so a reload keeps the old maps`,
          zh: `经核查，pg_ident.conf 第 ${lines.zh} 行无法解析，重新加载不会生效`,
        },
        ...ident.errors.slice(0, evidenceRows).map((error): SqlEvidence => ({
          fact: 'pg.ident',
          at: identLine(error),
          actual: psqlRow(error.line, error.message),
          expected: { en: 'no error', zh: '无错误' },
          sql: `SELECT line_number, error FROM pg_ident_file_mappings WHERE ${lineCondition(error)}`,
        })),
      );
    }
    const used = new Set(
      hba.rules.flatMap((rule) =>
        rule.options.flatMap((option) => (option.startsWith('map=') ? [option.slice(4)] : [])),
      ),
    );
    const superusers = roles.roles.flatMap((role) => (role.superuser && role.canLogin ? [role.name] : []));
    const isMember = membershipOf(roles);
    const judged = ident.mappings.flatMap((mapping) => {
      if (!used.has(mapping.map) || ownerIdentities.includes(mapping.systemName)) return [];
      const reached = superusers.filter((name) => mayBecome(mapping, name, isMember));
      return reached.length === 0 ? [] : [{ mapping, reached: nameList(reached) }];
    });
    const inUse = ident.mappings.filter(({ map }) => used.has(map)).length;
    if (judged.length === 0) {
      return pass(
        {
          en: `${ident.mappings.length} mappings, ${inUse} of them used by pg_hba: none reaches a superuser or is open`,
          zh: `经核查，用户名映射共 ${ident.mappings.length} 条，其中 ${inUse} 条被引用，均未扩大权限，符合要求`,
        },
        {
          fact: 'pg.ident',
          at: 'mappings',
          actual: ident.mappings
            .slice(0, evidenceRows)
            .map(({ map, systemName, role }) => psqlRow(map, systemName, role))
            .join('\n'),
          expected: { en: 'one identity, one ordinary role', zh: '一个外部身份对应一个普通账号' },
          sql: `SELECT map_name, sys_name, pg_username FROM pg_ident_file_mappings WHERE error IS NULL ORDER BY ${
            ident.mappings.some(({ file }) => file !== null) ? 'map_number' : 'line_number'
          } LIMIT ${evidenceRows}`,
        },
      );
    }
    const named = judged.slice(0, 5);
    return fail(
      {
        en: named
          .map(({ mapping, reached }) => `${identLine(mapping)}: ${mapping.systemName} may become ${reached.en}`)
          .join('; '),
        zh: `经核查，${named
          .map(({ mapping, reached }) => `第 ${mapping.line} 行允许 ${mapping.systemName} 成为超级用户 ${reached.zh}`)
          .join('；')}`,
      },
      ...judged.slice(0, evidenceRows).map(({ mapping }) => mappingEvidence(mapping)),
    );
  },
});

/**
 * Whether a mapping can make somebody this role. What an expression captures is judged by what its parentheses may hold;
 * an expression we cannot read may hold anything.
 */
function mayBecome({ role, systemName }: Mapping, name: string, isMember: IsMember): boolean {
  if (role === 'all') return true;
  if (role.startsWith('+')) return isMember(name, role.slice(1));
  if (role.startsWith('/')) return findExpression(role.slice(1))?.test(name) ?? true;
  const [before = '', after] = role.split(String.raw`\1`);
  if (after === undefined) return role === name;
  if (!name.startsWith(before) || !name.endsWith(after)) return false;
  const captured = /\(([^()]*)\)/u.exec(systemName)?.[1];
  const middle = name.slice(before.length, name.length - after.length);
  return captured === undefined ? true : (findExpression(`^(?:${captured})$`)?.test(middle) ?? true);
}

const identLine = ({ line }: { readonly line: number }): string => `line ${line}`;

const lineCondition = ({ file, line }: { readonly file: string | null; readonly line: number }): string =>
  file === null ? `line_number = ${line}` : `file_name = ${sqlLiteral(file)} AND line_number = ${line}`;

const mappingEvidence = (mapping: Mapping): SqlEvidence => ({
  fact: 'pg.ident',
  at: identLine(mapping),
  actual: psqlRow(mapping.line, mapping.map, mapping.systemName, mapping.role),
  expected: { en: 'one identity, one ordinary role', zh: '一个外部身份对应一个普通账号' },
  sql: `SELECT line_number, map_name, sys_name, pg_username FROM pg_ident_file_mappings WHERE ${lineCondition(mapping)}`,
});
