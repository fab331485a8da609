import { defineCheck, manual, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';

type Roles = FactMap['pg.roles'];
type Role = Roles['roles'][number];

/** Attributes as a declaration writes them. */
const attributes: readonly (readonly [string, (role: Role) => boolean])[] = [
  ['SUPERUSER', ({ superuser }) => superuser],
  ['CREATEROLE', ({ createRole }) => createRole],
  ['CREATEDB', ({ createDb }) => createDb],
  ['REPLICATION', ({ replication }) => replication],
  ['BYPASSRLS', ({ bypassRls }) => bypassRls],
  ['NOLOGIN', ({ canLogin }) => !canLogin],
];

export const pgRolesDeclared = defineCheck({
  id: 'pg-roles-declared',
  catalogue: ['ROLE-023'],
  title: { en: 'Roles are those that were registered', zh: '数据库账号与登记清单一致' },
  severity: 'medium',
  rationale: {
    en: 'An account that nobody registered belongs to nobody. The register is the parameter roles, each entry as "name ATTRIBUTES IN groups": "app IN dbrole_readwrite", "replicator REPLICATION".',
    zh: '未登记的账号无人负责。登记清单由参数 roles 给出，每项形如“名称 属性 IN 组”，如 "app IN dbrole_readwrite"、"replicator REPLICATION"。',
  },
  remediation: {
    en: 'Register the role with its owner, or drop it; take back attributes and memberships that were not granted on purpose.',
    zh: '登记账号及责任人，或予以删除；收回未经审批的属性与成员关系。',
  },
  fix: ['DROP ROLE {role}', 'REVOKE {group} FROM {role}', 'ALTER ROLE {role} NOSUPERUSER'],
  needs: ['pg.roles'],
  params: { roles: [] as readonly string[] },
  evaluate({ 'pg.roles': fact }, { roles: entries }) {
    const own = fact.roles.filter(({ name, isBootstrap }) => !isBootstrap && !name.startsWith('pg_'));
    const evidence: SqlEvidence = {
      fact: 'pg.roles',
      at: 'roles and whether they may log in',
      actual: psqlRows(own.map(({ name, canLogin }) => [name, canLogin])),
      expected: { en: 'the registered ones', zh: '与登记清单一致' },
      sql: `SELECT rolname, rolcanlogin FROM pg_roles WHERE oid <> 10 AND rolname !~ '^pg_' ORDER BY rolname`,
    };
    if (entries.length === 0) {
      return manual(
        {
          en: `no register of roles is declared for ${own.length} roles; set params.pg-roles-declared.roles`,
          zh: `未声明账号登记清单（现有 ${own.length} 个账号），请设置 params.pg-roles-declared.roles`,
        },
        evidence,
      );
    }
    const declared = new Map(entries.map((entry) => readEntry(entry)).map((entry) => [entry.name, entry]));
    const strange = own.filter(({ name }) => !declared.has(name));
    const absent = [...declared.keys()].filter((name) => !fact.roles.some((role) => role.name === name));
    return verdictOf({
      complaints: [
        ...some(
          strange.filter(({ canLogin }) => canLogin),
          'fail',
          'login roles that nobody registered',
          '未登记的可登录账号',
        ),
        ...some(
          strange.filter(({ canLogin }) => !canLogin),
          'warn',
          'groups that nobody registered',
          '未登记的组角色',
        ),
        ...some(
          absent.map((name) => ({ name })),
          'warn',
          'registered and not there',
          '已登记但不存在',
        ),
        ...own.flatMap((role) => {
          const entry = declared.get(role.name);
          const drift = entry === undefined ? [] : driftOf(role, entry, fact);
          return drift.length === 0
            ? []
            : [complaint('warn', `${role.name}: ${drift.join(', ')}`, `账号 ${role.name}：${drift.join('、')}`)];
        }),
      ],
      good: { en: `${own.length} roles are as registered`, zh: `${own.length} 个账号与登记清单一致` },
      evidence: [evidence],
    });
  },
});

interface Entry {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly groups: readonly string[];
}

function readEntry(entry: unknown): Entry {
  if (typeof entry !== 'string') throw new Error('params.pg-roles-declared.roles holds something that is no text');
  const [words = '', groups = ''] = entry.trim().split(/\s+IN\s+/u);
  const [name = '', ...rest] = words.split(/\s+/u);
  const unknown = rest.filter((word) => !attributes.some(([attribute]) => attribute === word));
  if (unknown.length > 0)
    throw new Error(`params.pg-roles-declared.roles: ${name} has no attribute ${unknown.join(', ')}`);
  return { name, attributes: rest, groups: groups.split(/[\s,]+/u).filter((group) => group !== '') };
}

/** What the role has beyond, or lacks of, its entry: `+SUPERUSER`, `-dbrole_readwrite`. */
function driftOf(role: Role, entry: Entry, { memberships }: Roles): readonly string[] {
  const has = [
    ...attributes.flatMap(([name, test]) => (test(role) ? [name] : [])),
    ...memberships.filter(({ member }) => member === role.name).map(({ role: group }) => group),
  ];
  const wanted = [...entry.attributes, ...entry.groups];
  return [
    ...has.filter((word) => !wanted.includes(word)).map((word) => `+${word}`),
    ...wanted.filter((word) => !has.includes(word)).map((word) => `-${word}`),
  ];
}

const some = (
  roles: readonly { readonly name: string }[],
  level: Complaint['level'],
  en: string,
  zh: string,
): readonly Complaint[] => {
  const list = nameList(roles.map(({ name }) => name));
  return roles.length === 0 ? [] : [complaint(level, `${en}: ${list.en}`, `${zh}：${list.zh}`)];
};
