import { defineCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { shellWord } from '../../psql-command.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configOrVerdict, isVerdict } from '../haproxy-services.ts';

type Config = NonNullable<FactMap['node.haproxy-config']>;

export const haproxyPasswordsOwn = defineCheck({
  id: 'haproxy-passwords-own',
  scope: 'haproxy',
  catalogue: ['HAP-006'],
  title: { en: 'No published password opens HAProxy', zh: 'HAProxy 未使用公开的默认口令' },
  severity: 'high',
  rationale: {
    en: 'Passwords of templates and documentation are the first an attacker tries.',
    zh: '模板与文档中的默认口令是攻击者首先尝试的口令。',
  },
  remediation: {
    en: 'Give every login a password of its own; keep it hashed in a userlist, and leave out accounts that nobody uses.',
    zh: '为每个账号设置独立口令，在 userlist 中以散列保存，并删除无人使用的账号。',
  },
  fix: [
    'mkpasswd -m sha-512',
    'userlist admins\n  user {user} password {hash}',
    'http-request auth unless { http_auth(admins) }',
  ],
  needs: ['haproxy.info', 'node.haproxy-config'],
  params: {},
  evaluate({ 'node.haproxy-config': found }) {
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const logins = config.files.flatMap(({ path, logins: list }) => list.map((login) => ({ path, ...login })));
    const published = logins.filter((login) => login.published !== null);
    const clear = logins.filter((login) => login.kind !== 'password');
    return verdictOf({
      complaints: [
        ...published.map(({ user, line, published: name }) =>
          complaint(
            'fail',
            `the password of ${user} (line ${line}) is a published one (${name ?? ''})`,
            `账号 ${user}（第 ${line} 行）使用公开口令（${name ?? ''}）`,
          ),
        ),
        ...clear
          .filter((login) => login.kind === 'insecure-password')
          .map(({ user, line }) =>
            complaint(
              'warn',
              `the password of ${user} (line ${line}) is kept in clear text`,
              `账号 ${user}（第 ${line} 行）的口令以明文保存`,
            ),
          ),
      ],
      good: {
        en:
          logins.length === 0
            ? 'the configuration holds no login'
            : `none of ${logins.length} logins has a published password`,
        zh: logins.length === 0 ? '配置中没有登录账号' : `${logins.length} 个账号均未使用公开口令`,
      },
      evidence: config.files.map(loginsEvidence),
    });
  },
});

/** Users of the logins of a file, without their passwords, in the order of the file. */
const loginsEvidence = ({ path, logins }: Config['files'][number]): Evidence => ({
  fact: 'node.haproxy-config',
  at: `logins of ${path}`,
  actual: logins
    .filter(({ kind }) => kind === 'stats auth')
    .map(({ user }) => `stats auth ${user}:***`)
    .join('\n'),
  expected: { en: 'passwords of their own', zh: '独立口令' },
  shell: `sed -nE 's/^[[:space:]]*stats[[:space:]]+auth[[:space:]]+([^:]+):.*/stats auth \\1:***/p' ${shellWord(path)}`,
});
