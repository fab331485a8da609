import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import {
  findDirectives,
  findProxy,
  findValue,
  haproxyTimeMs,
  sectionEvidence,
  serversOf,
  type PlacedSection,
} from '../haproxy-sections.ts';
import {
  configOrVerdict,
  isVerdict,
  isWriteService,
  noWriteService,
  servicesOf,
  withoutServices,
} from '../haproxy-services.ts';

type Config = NonNullable<FactMap['node.haproxy-config']>;

export const haproxyDetectionTime = defineCheck({
  id: 'haproxy-detection-time',
  scope: 'haproxy',
  catalogue: ['HAP-004'],
  title: {
    en: 'HAProxy sees a change of primary within its share of the recovery time',
    zh: 'HAProxy 感知主库变化的耗时处于恢复时间预算内',
  },
  severity: 'medium',
  rationale: {
    en: 'After the promotion clients wait until the health checks have noticed: slow checks use up the recovery time that Patroni left.',
    zh: '主库切换完成后客户端仍需等待健康检查感知，检查过慢会耗尽恢复时间预算。',
  },
  remediation: {
    en: 'Lower inter, fastinter, downinter, rise, fall or timeout check to those of the recovery plan (norm: 2s 1s 2s 3 3).',
    zh: '按恢复计划调小 inter、fastinter、downinter、rise、fall 或 timeout check（norm 计划为 2s 1s 2s 3 3）。',
  },
  fix: ['default-server inter 2s fastinter 1s downinter 2s rise 3 fall 3', 'timeout check 3s'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: { rtoSeconds: 45, warnShare: 0.5 },
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }, { rtoSeconds, warnShare }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const written = servicesOf(stats).filter(isWriteService);
    if (written.length === 0) return noWriteService(stats);
    const judged = written.map(({ name }) => {
      const proxy = findProxy(config, name);
      return { name, proxy, slowest: proxy === undefined ? undefined : slowestOf(config, proxy) };
    });
    const limit = rtoSeconds * warnShare;
    return verdictOf({
      complaints: judged.flatMap(({ name, slowest }) => judge(name, slowest, limit, rtoSeconds)),
      good: {
        en: judged
          .map(({ name, slowest }) => `${name} notices within ${seconds(slowest)} s of ${rtoSeconds} s`)
          .join(', '),
        zh: `${judged.map(({ name, slowest }) => `${name} 在 ${seconds(slowest)} 秒内感知`).join('，')}，恢复目标 ${rtoSeconds} 秒`,
      },
      evidence: judged.flatMap(({ proxy }) =>
        proxy === undefined
          ? []
          : sectionEvidence(config, proxy, ['default-server', 'server', 'timeout check'], {
              en: `both below ${limit} s: inter + (fall-1)·fastinter + fall·timeout check, and downinter + (rise-1)·fastinter`,
              zh: `两者均小于 ${limit} 秒：inter + (fall-1)·fastinter + fall·timeout check，及 downinter + (rise-1)·fastinter`,
            }),
      ),
    });
  },
});

const seconds = (ms: number | undefined): string => String(Math.round((ms ?? 0) / 100) / 10);

function judge(name: string, slowest: number | undefined, limit: number, rto: number): readonly Complaint[] {
  if (slowest === undefined) {
    return [
      complaint(
        'fail',
        `service ${name} has no server in the configuration on disk`,
        `磁盘配置中服务 ${name} 没有后端`,
      ),
    ];
  }
  if (slowest <= limit * 1000) return [];
  const text = seconds(slowest);
  return slowest > rto * 1000
    ? [
        complaint(
          'fail',
          `${name} may notice after ${text} s, later than the ${rto} s of the recovery`,
          `${name} 最长需 ${text} 秒感知，超过恢复目标 ${rto} 秒`,
        ),
      ]
    : [
        complaint(
          'warn',
          `${name} may notice after ${text} s, more than ${limit} s of the ${rto} s`,
          `${name} 最长需 ${text} 秒感知，超过预算 ${limit} 秒（恢复目标 ${rto} 秒）`,
        ),
      ];
}

/** Worst time to see a server that no longer answers, or one that has become primary, whichever is longer. */
function slowestOf(config: Config, proxy: PlacedSection): number | undefined {
  const timeout = findDirectives(config, proxy, 'timeout check').at(-1)?.words[2];
  const times = serversOf(config, proxy).map(({ words }) => {
    const time = (keyword: string, fallback: number): number =>
      haproxyTimeMs(findValue(words, keyword) ?? '') ?? fallback;
    const inter = time('inter', 2000);
    const fast = time('fastinter', inter);
    const down = time('downinter', inter);
    const fall = Number(findValue(words, 'fall') ?? 3);
    const rise = Number(findValue(words, 'rise') ?? 2);
    // Without a timeout of its own a check may take as long as the pause before the next.
    const check = haproxyTimeMs(timeout ?? '') ?? inter;
    return Math.max(inter + (fall - 1) * fast + fall * check, down + (rise - 1) * fast);
  });
  return times.length === 0 ? undefined : Math.max(...times);
}
