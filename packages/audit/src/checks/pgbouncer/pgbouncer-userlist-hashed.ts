import { defineCheck, notApplicable } from '../../check.ts';
import { shellWord } from '../../psql-command.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting, isOtherList, otherListVerdict } from '../pgbouncer-evidence.ts';

export const pgbouncerUserlistHashed = defineCheck({
  id: 'pgbouncer-userlist-hashed',
  scope: 'pgbouncer',
  catalogue: ['PGB-006'],
  title: { en: 'userlist.txt holds SCRAM verifiers only', zh: 'userlist.txt 仅保存 SCRAM 验证值' },
  severity: 'high',
  rationale: {
    en: 'A password in clear text logs in wherever else it is used; an md5 digest is enough to log in where md5 is accepted.',
    zh: '明文口令可用于其他系统；md5 摘要本身即可在接受 md5 的服务登录。',
  },
  remediation: {
    en: 'Put the SCRAM verifier of pg_authid into the list, or leave the user out and look it up with auth_query; auth_user may use a certificate or peer.',
    zh: '将 pg_authid 中的 SCRAM 验证值写入列表，或改用 auth_query 查询；auth_user 可使用证书或 peer。',
  },
  fix: [`SELECT format('"%s" "%s"', rolname, rolpassword) FROM pg_authid WHERE rolname = '{role}'`],
  needs: ['pgbouncer.config', 'node.pgbouncer-userlist'],
  params: {},
  evaluate({ 'pgbouncer.config': config, 'node.pgbouncer-userlist': list }) {
    const named = configEvidence(config, ['auth_file', 'auth_user'], {
      en: 'the file that was read',
      zh: '所读取的文件',
    });
    if (list === null) {
      return notApplicable({ en: 'PgBouncer has no list of users', zh: 'PgBouncer 没有用户列表，本项不适用' }, named);
    }
    if (isOtherList(config, list)) return otherListVerdict(config);
    const authUser = findSetting(config, 'auth_user');
    return verdictOf({
      complaints: [
        ...list.users.flatMap(({ user, line, method }) => {
          if (method === 'scram-sha-256' || method === 'empty') return [];
          if (method === 'md5')
            return [
              complaint('warn', `${user} (line ${line}) has an md5 digest`, `${user}（第 ${line} 行）为 md5 摘要`),
            ];
          const en = user === authUser ? ', with which PgBouncer logs in' : '';
          const zh = user === authUser ? '，PgBouncer 用其登录' : '';
          return [
            complaint(
              'fail',
              `${user} (line ${line}) has its password in clear text${en}`,
              `${user}（第 ${line} 行）为明文口令${zh}`,
            ),
          ];
        }),
        ...list.brokenLines.map((line) =>
          complaint('fail', `line ${line} cannot be read, nor any after it`, `第 ${line} 行无法解析，其后的用户均失效`),
        ),
      ],
      good: {
        en: `${list.users.length} users, each with a SCRAM verifier or none`,
        zh: `${list.users.length} 个用户均为 SCRAM 验证值或未设口令`,
      },
      evidence: [
        named,
        {
          fact: 'node.pgbouncer-userlist',
          at: 'users and kind of their secrets',
          actual: list.users.map(({ user, method }) => `${user} ${method}`).join('\n'),
          expected: { en: 'scram-sha-256', zh: 'scram-sha-256' },
          shell: `sed -nE 's/^[[:space:]]*"([^"]*)"[[:space:]]+"(SCRAM-SHA-256[$]).*/\\1 scram-sha-256/p; t; s/^[[:space:]]*"([^"]*)"[[:space:]]+"md5[0-9a-f]{32}".*/\\1 md5/p; t; s/^[[:space:]]*"([^"]*)"[[:space:]]+"".*/\\1 empty/p; t; s/^[[:space:]]*"([^"]*)"[[:space:]]+".*/\\1 plain/p' ${shellWord(list.path)}`,
        },
      ],
    });
  },
});
