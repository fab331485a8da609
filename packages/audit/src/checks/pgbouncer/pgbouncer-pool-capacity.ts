import { defineCheck, undecided, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findNumber } from '../pgbouncer-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import type { FactMap } from '../../facts.ts';

export const pgbouncerPoolCapacity = defineCheck({
  id: 'pgbouncer-pool-capacity',
  scope: 'pgbouncer',
  catalogue: ['PGB-014'],
  title: { en: 'Pools fit into the server and nobody waits for them', zh: '连接池规模与服务器容量匹配且无客户端等待' },
  severity: 'low',
  rationale: {
    en: 'Pools that together want more connections than the server has fail when load is highest; clients that wait are an outage to them.',
    zh: '连接池总需求超过服务器上限时会在高峰期报错；长时间等待对客户端等同于中断。',
  },
  remediation: {
    en: 'Set max_db_connections so that all databases stay below max_connections less the reserved ones, or raise pool sizes where clients wait.',
    zh: '设置 max_db_connections 使所有数据库之和低于 max_connections 减去保留连接，或在等待时扩大连接池。',
  },
  fix: ['max_db_connections = {number}', 'default_pool_size = {number}', 'RELOAD'],
  needs: ['pgbouncer.config', 'pgbouncer.databases', 'pgbouncer.pools', 'pg.settings'],
  params: { longestWaitSeconds: 1 },
  evaluate(facts, { longestWaitSeconds }) {
    const { 'pgbouncer.config': config, 'pgbouncer.databases': databases, 'pgbouncer.pools': pools } = facts;
    const settings = facts['pg.settings'];
    const limit = Number(settings['max_connections']?.value);
    const reserved = Number(settings['superuser_reserved_connections']?.value);
    const evidence: readonly Evidence[] = [
      settingEvidence(settings, 'max_connections', { en: 'more than the pools together', zh: '大于连接池之和' }),
      settingEvidence(settings, 'superuser_reserved_connections', { en: 'left to administrators', zh: '保留给管理员' }),
      configEvidence(config, ['default_pool_size', 'max_client_conn', 'max_db_connections', 'reserve_pool_size'], {
        en: 'limits',
        zh: '设置上限',
      }),
      limitsEvidence(databases),
    ];
    if (!Number.isInteger(limit) || !Number.isInteger(reserved)) {
      return undecided(
        { en: 'the server does not show max_connections', zh: '无法读取 max_connections，无法判定' },
        ...evidence,
      );
    }
    // The console is no database.
    const served = databases.filter(({ name, isDisabled }) => name !== 'pgbouncer' && !isDisabled);
    const unlimited = served.filter(({ maxConnections }) => (maxConnections ?? 0) === 0);
    const sum = served.reduce((total, { maxConnections }) => total + (maxConnections ?? 0), 0);
    const free = limit - reserved;
    const waiting = pools.filter(
      ({ waitingClients, longestWaitSeconds: wait }) => (waitingClients ?? 0) > 0 && (wait ?? 0) >= longestWaitSeconds,
    );
    const clients = findNumber(config, 'max_client_conn') ?? 0;
    return verdictOf({
      complaints: [
        ...(sum > free
          ? [
              complaint(
                'fail',
                `the databases may open ${sum} connections, the server has ${free}`,
                `各数据库合计可打开 ${sum} 个连接，服务器仅有 ${free} 个`,
              ),
            ]
          : []),
        ...(unlimited.length > 0
          ? [
              complaint(
                'warn',
                `no limit of connections for ${unlimited.map(({ name }) => name).join(', ')} (max_db_connections)`,
                `${unlimited.map(({ name }) => name).join('、')} 未限制连接数（max_db_connections）`,
              ),
            ]
          : []),
        ...waiting.map(({ database, user, waitingClients, longestWaitSeconds: wait }) =>
          complaint(
            'warn',
            `${waitingClients ?? 0} clients of ${database}/${user} wait, the oldest ${wait ?? 0} s`,
            `${database}/${user} 有 ${waitingClients ?? 0} 个客户端等待，最长 ${wait ?? 0} 秒`,
          ),
        ),
        ...(clients === 0 ? [complaint('fail', 'max_client_conn is not set', '未设置 max_client_conn')] : []),
      ],
      good: {
        en: `at most ${sum} of ${free} connections, and nobody waits`,
        zh: `最多占用 ${sum}/${free} 个连接，无客户端等待`,
      },
      evidence,
    });
  },
});

/** SHOW DATABASES has more columns in newer versions, so the column is found by its name. */
const limitsEvidence = (databases: FactMap['pgbouncer.databases']): Evidence => ({
  fact: 'pgbouncer.databases',
  at: 'databases and max_connections',
  actual: databases
    .map(({ name, maxConnections }) => `${name} ${maxConnections ?? ''}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected: { en: 'a limit for each', zh: '各自设置上限' },
  shell: `{psql} -P tuples_only=off -P footer=off -c 'SHOW DATABASES' | awk -F'|' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "max_connections") c = i; next } { print $1 " " $c }' | LC_ALL=C sort`,
});
