import { defineCheck } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import type { FactMap } from '../../facts.ts';
import {
  findDirectives,
  findProxy,
  haproxyTimeMs,
  sectionEvidence,
  sectionsOf,
  startsWith,
  type PlacedSection,
} from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict, servicesOf, withoutServices } from '../haproxy-services.ts';

type Config = NonNullable<FactMap['node.haproxy-config']>;

export const haproxyTimeoutsAndLimits = defineCheck({
  id: 'haproxy-timeouts-and-limits',
  scope: 'haproxy',
  catalogue: ['HAP-009'],
  title: { en: 'Timeouts and connection limits of HAProxy are set', zh: 'HAProxy 已设置超时与连接数上限' },
  severity: 'medium',
  rationale: {
    en: 'Without timeouts dead clients hold connections for ever; without a limit one client takes them all.',
    zh: '没有超时设置时失效客户端会永久占用连接；没有上限时单个客户端可耗尽连接。',
  },
  remediation: {
    en: 'Set timeout connect, client and server, maxconn in global, and keepalive (option clitcpka) where sessions may idle for hours.',
    zh: '设置 timeout connect、client、server 与 global 中的 maxconn；允许长时间空闲时启用 option clitcpka。',
  },
  fix: ['timeout connect 3s', 'timeout client 24h', 'timeout server 24h', 'maxconn 20000', 'option clitcpka'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: { maxIdleHours: 24 },
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }, { maxIdleHours }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const globals = sectionsOf(config).filter(({ section }) => section.kind === 'global');
    const isLimited = globals.some(({ section }) =>
      section.directives.some((directive) => startsWith(directive, 'maxconn')),
    );
    const judged = servicesOf(stats).flatMap(({ name }) => {
      const proxy = findProxy(config, name);
      return proxy === undefined ? [] : [{ name, proxy }];
    });
    return verdictOf({
      complaints: [
        ...judged.flatMap(({ name, proxy }) => judge(config, name, proxy, maxIdleHours)),
        ...(isLimited
          ? []
          : [
              complaint(
                'warn',
                'global sets no maxconn: the limit is what the system gives',
                'global 未设置 maxconn，上限取决于系统',
              ),
            ]),
      ],
      good: {
        en: `timeouts and limits of ${judged.map(({ name }) => name).join(', ')} are set`,
        zh: `${judged.map(({ name }) => name).join('、')} 的超时与连接上限均已设置`,
      },
      evidence: [
        ...globals.flatMap((placed) =>
          sectionEvidence(config, placed, ['maxconn'], { en: 'a limit', zh: '设置上限' }).slice(0, 1),
        ),
        ...judged.flatMap(({ proxy }) =>
          sectionEvidence(config, proxy, ['timeout', 'option clitcpka', 'option tcpka'], {
            en: 'connect, client and server',
            zh: '包含 connect、client、server',
          }),
        ),
      ],
    });
  },
});

function judge(config: Config, name: string, proxy: PlacedSection, maxIdleHours: number): readonly Complaint[] {
  const timeout = (which: string): string | undefined =>
    findDirectives(config, proxy, `timeout ${which}`).at(-1)?.words[2];
  const missing = ['connect', 'client', 'server'].filter((which) => timeout(which) === undefined);
  const idleMs = haproxyTimeMs(timeout('client') ?? '') ?? 0;
  const keepsAlive = ['option clitcpka', 'option tcpka'].some(
    (words) => findDirectives(config, proxy, words).length > 0,
  );
  return [
    ...(missing.length === 0
      ? []
      : [
          complaint(
            'fail',
            `${name} has no timeout ${missing.join(', ')}`,
            `${name} 缺少 timeout ${missing.join('、')}`,
          ),
        ]),
    ...(idleMs <= maxIdleHours * 3_600_000 || keepsAlive
      ? []
      : [
          complaint(
            'warn',
            `${name} keeps idle clients longer than ${maxIdleHours} h without keepalive`,
            `${name} 在未启用保活的情况下允许客户端空闲超过 ${maxIdleHours} 小时`,
          ),
        ]),
  ];
}
