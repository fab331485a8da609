import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findProxy, findValue, sectionEvidence, serversOf } from '../haproxy-sections.ts';
import {
  configOrVerdict,
  isVerdict,
  isWriteService,
  noWriteService,
  servicesOf,
  withoutServices,
} from '../haproxy-services.ts';

export const haproxySessionsCut = defineCheck({
  id: 'haproxy-sessions-cut',
  scope: 'haproxy',
  catalogue: ['HAP-003'],
  title: { en: 'Sessions end when a server loses its role', zh: '角色切换时中断到原主库的会话' },
  severity: 'medium',
  rationale: {
    en: 'Without it a client stays connected to the former primary and goes on writing there, or gets errors until it gives up.',
    zh: '未配置时客户端会一直停留在原主库的连接上，继续写入或持续报错。',
  },
  remediation: {
    en: 'Set on-marked-down shutdown-sessions on the servers of every service that writes.',
    zh: '对所有写服务的后端设置 on-marked-down shutdown-sessions。',
  },
  fix: ['default-server on-marked-down shutdown-sessions'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: {},
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const written = servicesOf(stats).filter(isWriteService);
    if (written.length === 0) return noWriteService(stats);
    const judged = written.map(({ name }) => {
      const proxy = findProxy(config, name);
      const keeps =
        proxy === undefined
          ? undefined
          : serversOf(config, proxy).filter(({ words }) => findValue(words, 'on-marked-down') !== 'shutdown-sessions');
      return { name, proxy, keeps: keeps?.map((server) => server.name) };
    });
    return verdictOf({
      complaints: judged.flatMap(({ name, keeps }) =>
        keeps === undefined
          ? [complaint('fail', `service ${name} is not in the configuration on disk`, `磁盘配置中没有服务 ${name}`)]
          : keeps.length === 0
            ? []
            : [
                complaint(
                  'fail',
                  `${name} keeps sessions to ${keeps.join(', ')} when it is marked down`,
                  `${name} 在 ${keeps.join('、')} 被标记下线后仍保留会话`,
                ),
              ],
      ),
      good: {
        en: `${written.map(({ name }) => name).join(', ')} end their sessions with the role`,
        zh: `${written.map(({ name }) => name).join('、')} 在角色变化时中断会话`,
      },
      evidence: judged.flatMap(({ proxy }) =>
        proxy === undefined
          ? []
          : sectionEvidence(config, proxy, ['default-server', 'server'], {
              en: 'on-marked-down shutdown-sessions',
              zh: '包含 on-marked-down shutdown-sessions',
            }),
      ),
    });
  },
});
