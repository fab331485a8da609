import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

const wanted = { en: 'an account of its own, not root', zh: '专用账户，非 root' };

export const nodeServicesNotRoot = defineCheck({
  id: 'node-services-not-root',
  scope: 'node',
  catalogue: ['OS-004'],
  title: { en: 'Database and middleware do not run as root', zh: '数据库及中间件进程不以 root 运行' },
  severity: 'critical',
  rationale: {
    en: 'A flaw in a service that runs as root is a flaw of the whole host. National guidance names this a high risk.',
    zh: '以 root 运行的服务一旦存在漏洞，整台主机即被控制，属高风险判定情形。',
  },
  remediation: {
    en: 'Run each service under an account of its own; HAProxy may start as root if its workers give root up (user, group, chroot).',
    zh: '各服务使用专用账户运行；HAProxy 可由 root 启动，但工作进程须通过 user、group、chroot 降权。',
  },
  fix: ['systemctl edit {unit}   # [Service] User={account}', 'haproxy.cfg: global: user haproxy, group haproxy'],
  needs: ['node.processes'],
  /** Names of processes, as the kernel keeps them. */
  params: {
    names: [
      'postgres',
      'patroni',
      'etcd',
      'haproxy',
      'pgbouncer',
      'vip-manager',
      'pg_exporter',
      'node_exporter',
      'pgbackrest',
    ],
  },
  evaluate({ 'node.processes': processes }, { names }) {
    const seen = names.flatMap((name) => {
      const groups = processes.filter((group) => group.name === name);
      return groups.length === 0 ? [] : [{ name, users: groups.map(({ user }) => user).toSorted() }];
    });
    return verdictOf({
      complaints: seen
        // A supervisor that stays root beside workers that do not is how HAProxy works.
        .filter(({ users }) => users.every((user) => user === 'root'))
        .map(({ name, users }) =>
          complaint('fail', `${name} runs as root`, `${name} 以 root 运行`, usersEvidence(name, users)),
        ),
      unknown: seen.length === 0 ? [{ en: 'none of the components runs here', zh: '本机未运行任何组件' }] : [],
      good: {
        en: `${seen.map(({ name }) => name).join(', ')} run under accounts of their own`,
        zh: `${seen.map(({ name }) => name).join('、')} 均以专用账户运行`,
      },
      evidence: seen.map(({ name, users }) => usersEvidence(name, users)),
    });
  },
});

const usersEvidence = (name: FactMap['node.processes'][number]['name'], users: readonly string[]) =>
  nodeEvidence(
    'node.processes',
    `accounts of ${name}`,
    `ps -C ${name} -o user:32= | tr -d ' ' | LC_ALL=C sort -u`,
    users.join('\n'),
    wanted,
  );
