import { defineCheck, fail, notApplicable, pass } from '../../check.ts';
import { shellWord } from '../../psql-command.ts';
import { nameList } from '../name-list.ts';
import { configEvidence, isOtherList, otherListVerdict } from '../pgbouncer-evidence.ts';

export const pgbouncerNoPublishedPassword = defineCheck({
  id: 'pgbouncer-no-published-password',
  scope: 'pgbouncer',
  catalogue: ['PGB-006'],
  title: { en: 'No user of PgBouncer has a published password', zh: 'PgBouncer 用户未使用公开的默认口令' },
  severity: 'critical',
  rationale: {
    en: 'Passwords of templates are public: whoever reads the documentation is dbuser_dba.',
    zh: '模板中的默认口令是公开的，阅读文档者即可冒充管理员。',
  },
  remediation: {
    en: 'Set new passwords with ALTER ROLE, write the list anew on every member and RELOAD.',
    zh: '用 ALTER ROLE 设置新口令，在各成员上重新生成列表并 RELOAD。',
  },
  fix: ['\\password {role}', 'RELOAD'],
  needs: ['pgbouncer.config', 'node.pgbouncer-userlist'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'node.pgbouncer-userlist': list }) {
    if (list === null) {
      return notApplicable(
        { en: 'PgBouncer has no list of users', zh: 'PgBouncer 没有用户列表，本项不适用' },
        configEvidence(config, ['auth_file'], { en: 'a list', zh: '用户列表' }),
      );
    }
    if (isOtherList(config, list)) return otherListVerdict(config);
    const evidence = {
      fact: 'node.pgbouncer-userlist' as const,
      at: 'users of the list',
      actual: list.users.map(({ user }) => user).join('\n'),
      expected: { en: 'passwords of their own, compared on the host', zh: '独立口令（在主机上比对）' },
      shell: `sed -nE 's/^[[:space:]]*"([^"]*)"[[:space:]]+".*/\\1/p' ${shellWord(list.path)}`,
    };
    const published = list.users.filter((user) => user.published !== null);
    if (published.length > 0) {
      const { en, zh } = nameList(published.map(({ user, published: name }) => `${user} (${name ?? ''})`));
      return fail({ en: `published passwords: ${en}`, zh: `经核查，使用公开口令：${zh}` }, evidence);
    }
    return pass(
      {
        en: `none of ${list.users.length} users has a published password`,
        zh: `经核查，${list.users.length} 个用户均未使用公开口令，符合要求`,
      },
      evidence,
    );
  },
});
