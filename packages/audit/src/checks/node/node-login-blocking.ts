import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeLoginBlocking = defineCheck({
  id: 'node-login-blocking',
  scope: 'node',
  catalogue: ['OS-019'],
  title: { en: 'Addresses that guess passwords are blocked', zh: '对口令猜测来源自动封禁' },
  severity: 'high',
  rationale: {
    en: 'PostgreSQL and PgBouncer never lock an account; something on the host has to end the guessing.',
    zh: 'PostgreSQL 与 PgBouncer 不具备账户锁定机制，应由主机侧阻断口令猜测。',
  },
  remediation: {
    en: 'Run fail2ban (or an equal) with jails for sshd, PostgreSQL and PgBouncer.',
    zh: '部署 fail2ban 或同类措施，覆盖 sshd、PostgreSQL 与 PgBouncer。',
  },
  fix: ['systemctl enable --now fail2ban', 'fail2ban-client status'],
  needs: ['node.protection'],
  params: { databaseJails: ['postgresql', 'postgres', 'pgbouncer'] },
  evaluate({ 'node.protection': { isFail2banRunning, jails } }, { databaseJails }) {
    const running = nodeEvidence(
      'node.protection',
      'fail2ban',
      'ps -C fail2ban-server -o comm= | head -n 1',
      isFail2banRunning ? 'fail2ban-server' : '',
      { en: 'fail2ban-server', zh: 'fail2ban-server' },
    );
    const list = nodeEvidence(
      'node.protection',
      'jails',
      "fail2ban-client status 2>/dev/null | sed -n 's/.*Jail list:[[:space:]]*//p'",
      (jails ?? []).join(', '),
      { en: 'one for the database too', zh: '覆盖数据库端口' },
    );
    const guardsDatabase = jails?.some((jail) => databaseJails.some((name) => jail.includes(name))) === true;
    return verdictOf({
      complaints: !isFail2banRunning
        ? [complaint('fail', 'nothing blocks addresses that guess passwords', '未部署口令猜测自动封禁措施', running)]
        : jails !== null && !guardsDatabase
          ? [complaint('warn', 'no jail looks at the database', '封禁规则未覆盖数据库', list)]
          : [],
      unknown:
        isFail2banRunning && jails === null
          ? [{ en: 'fail2ban did not tell its jails', zh: '未能取得 fail2ban 规则' }]
          : [],
      good: { en: 'guessing at the database is blocked', zh: '已对数据库口令猜测自动封禁' },
      evidence: jails === null ? [running] : [running, list],
    });
  },
});
