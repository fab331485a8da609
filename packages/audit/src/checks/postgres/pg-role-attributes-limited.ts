import { defineCheck, fail, pass } from '../../check.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { roleColumns, roleEvidence, rolesEvidence } from '../role-evidence.ts';
import { serverVersionNum } from '../setting-verdict.ts';

const none: readonly string[] = [];
const replicators: readonly string[] = ['replicator'];
const attributes = ['createRole', 'createDb', 'replication', 'bypassRls'] as const;
const words = {
  createRole: 'CREATEROLE',
  createDb: 'CREATEDB',
  replication: 'REPLICATION',
  bypassRls: 'BYPASSRLS',
} as const;

export const pgRoleAttributesLimited = defineCheck({
  id: 'pg-role-attributes-limited',
  catalogue: ['ROLE-004'],
  title: { en: 'Only approved roles hold powerful attributes', zh: '特权属性仅授予经批准的账号' },
  severity: 'high',
  rationale: {
    en: 'CREATEROLE hands out rights (before version 16 almost all of them), REPLICATION copies every byte, BYPASSRLS reads past row rules.',
    zh: 'CREATEROLE 可授予权限（16 版本之前近似超级用户），REPLICATION 可复制全部数据，BYPASSRLS 可绕过行级安全策略。',
  },
  remediation: {
    en: 'Take the attribute away, or have the role approved and list it in the parameters of this check.',
    zh: '收回该属性；确有必要的，经审批后列入本检查项参数。',
  },
  fix: ['ALTER ROLE {role} NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS'],
  needs: ['pg.roles', 'pg.settings'],
  /** Approved roles by attribute. Superusers hold every attribute anyway and are judged elsewhere. */
  params: { createRole: none, createDb: none, replication: replicators, bypassRls: none },
  evaluate({ 'pg.roles': { roles }, 'pg.settings': settings }, approved) {
    const columns = attributes.map((attribute) => roleColumns[attribute]);
    const ordinary = roles.filter((role) => !role.superuser);
    const expected = { en: 'f where the role is not approved', zh: '未经批准的账号应为 f' };
    const held = ordinary.flatMap((role) => {
      const excess = attributes.filter((attribute) => role[attribute] && !approved[attribute].includes(role.name));
      return excess.length === 0 ? [] : [{ role, excess }];
    });
    if (held.length > 0) {
      const list = nameList(held.map(({ role, excess }) => `${role.name} (${excess.map((a) => words[a]).join(', ')})`));
      const creators = serverVersionNum(settings) < 160000 && held.some(({ excess }) => excess.includes('createRole'));
      return fail(
        {
          en: `${held.length} role(s) hold attributes that are not approved: ${list.en}${
            creators ? '; before version 16 CREATEROLE is close to superuser' : ''
          }`,
          zh: `经核查，${held.length} 个账号具有未经批准的特权属性：${list.zh}${
            creators ? '；16 版本之前 CREATEROLE 近似超级用户' : ''
          }`,
        },
        ...held.slice(0, evidenceRows).map(({ role }) => roleEvidence(role, columns, expected)),
      );
    }
    const holders = ordinary.filter((role) => attributes.some((attribute) => role[attribute]));
    return pass(
      {
        en: `of ${ordinary.length} ordinary roles, ${holders.length} hold such an attribute, all of them approved`,
        zh: `经核查，${ordinary.length} 个普通账号中 ${holders.length} 个具有特权属性，均已批准，符合要求`,
      },
      rolesEvidence(
        holders,
        'NOT rolsuper AND (rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)',
        columns,
        'ordinary roles with attributes',
        expected,
      ),
    );
  },
});
