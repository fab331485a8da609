import { defineCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findNumber } from '../pgbouncer-evidence.ts';

const names = [
  'client_idle_timeout',
  'client_login_timeout',
  'idle_transaction_timeout',
  'query_timeout',
  'query_wait_timeout',
  'transaction_timeout',
] as const;

export const pgbouncerTimeouts = defineCheck({
  id: 'pgbouncer-timeouts',
  scope: 'pgbouncer',
  catalogue: ['PGB-011', 'AUTH-016'],
  title: {
    en: 'PgBouncer ends idle clients, transactions and waits',
    zh: 'PgBouncer 限制空闲客户端、空闲事务与等待时间',
  },
  severity: 'medium',
  rationale: {
    en: 'A transaction that idles keeps its server connection; without limits a few of them stop everybody else, and abandoned sessions stay open.',
    zh: '空闲事务会占用服务器连接，没有限制时少数会话即可阻塞其他人，无人值守的会话也会一直保留。',
  },
  remediation: {
    en: 'Set idle_transaction_timeout and client_idle_timeout, keep client_login_timeout and query_wait_timeout.',
    zh: '设置 idle_transaction_timeout 与 client_idle_timeout，保留 client_login_timeout 与 query_wait_timeout。',
  },
  fix: ['idle_transaction_timeout = 600', 'client_idle_timeout = 3600', 'query_wait_timeout = 120', 'RELOAD'],
  needs: ['pgbouncer.config'],
  params: {},
  evaluate({ 'pgbouncer.config': config }) {
    const evidence = configEvidence(config, names, { en: 'seconds above 0', zh: '大于 0 的秒数' });
    const [idle, login, transaction, , wait] = names.map((name) => findNumber(config, name));
    if (idle === undefined || login === undefined || transaction === undefined || wait === undefined) {
      return undecided(
        { en: 'PgBouncer does not show all its timeouts', zh: 'PgBouncer 未给出全部超时设置，无法判定' },
        evidence,
      );
    }
    return verdictOf({
      complaints: [
        ...(login === 0
          ? [
              complaint(
                'fail',
                'client_login_timeout is 0: half-open logins stay',
                'client_login_timeout 为 0，未完成的登录会一直保留',
              ),
            ]
          : []),
        ...(wait === 0
          ? [
              complaint(
                'warn',
                'query_wait_timeout is 0: clients wait for ever for a server',
                'query_wait_timeout 为 0，客户端会无限等待',
              ),
            ]
          : []),
        ...(transaction === 0
          ? [complaint('warn', 'idle_transaction_timeout is 0', 'idle_transaction_timeout 为 0')]
          : []),
        ...(idle === 0
          ? [
              complaint(
                'warn',
                'client_idle_timeout is 0: idle sessions never end',
                'client_idle_timeout 为 0，空闲会话永不断开',
              ),
            ]
          : []),
      ],
      good: {
        en: 'idle clients, idle transactions, logins and waits are limited',
        zh: '空闲、登录与等待时间均有限制',
      },
      evidence: [evidence],
    });
  },
});
