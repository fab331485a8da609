import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findDirectives, findProxy, sectionEvidence, sectionsOf, startsWith } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict, servicesOf, withoutServices } from '../haproxy-services.ts';

export const haproxyLogsConnections = defineCheck({
  id: 'haproxy-logs-connections',
  scope: 'haproxy',
  catalogue: ['HAP-008', 'LOG-020'],
  title: { en: 'HAProxy logs who connects to each service', zh: 'HAProxy 记录各服务的客户端连接' },
  severity: 'high',
  rationale: {
    en: 'Behind the proxy every session comes from the proxy’s address: only its own log still knows the client.',
    zh: '经过代理后所有会话的来源均为代理地址，只有代理日志还保留真实客户端地址。',
  },
  remediation: {
    en: 'Name a log target in global, take it over with log global, and set option tcplog for the services.',
    zh: '在 global 中配置 log 目标，在 defaults 中使用 log global，并为服务启用 option tcplog。',
  },
  fix: ['log /dev/log local0', 'log global', 'option tcplog'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: {},
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const globals = sectionsOf(config).filter(({ section }) => section.kind === 'global');
    const targets = globals.flatMap(({ section }) =>
      section.directives.filter((directive) => startsWith(directive, 'log')),
    );
    const names = servicesOf(stats).map(({ name }) => name);
    const judged = names.flatMap((name) => {
      const proxy = findProxy(config, name);
      if (proxy === undefined) return [];
      const logs = findDirectives(config, proxy, 'log');
      const isSilent = logs.every(({ words }) => words[1] === 'global') && (logs.length === 0 || targets.length === 0);
      const format = ['option tcplog', 'option httplog', 'log-format'].some(
        (words) => findDirectives(config, proxy, words).length > 0,
      );
      const emergencies = targets.every(({ words }) =>
        /^(?:emerg|alert|crit|err|warning|notice)$/u.test(words.at(-1) ?? ''),
      );
      const isUnheard = logs.every(({ words }) => words[1] === 'global') && targets.length > 0 && emergencies;
      return [{ name, proxy, isSilent, format, isUnheard }];
    });
    return verdictOf({
      complaints: judged.flatMap(({ name, isSilent, format, isUnheard }) =>
        isSilent
          ? [complaint('fail', `${name} logs no connection`, `${name} 未记录任何连接`)]
          : isUnheard
            ? [
                complaint(
                  'fail',
                  `${name} logs connections at level info, which no log target takes`,
                  `${name} 的连接日志为 info 级别，低于日志目标的级别而被丢弃`,
                ),
              ]
            : format
              ? []
              : [
                  complaint(
                    'warn',
                    `${name} has no option tcplog: its lines hold neither times nor end states`,
                    `${name} 未启用 option tcplog，日志缺少耗时与结束状态`,
                  ),
                ],
      ),
      good: {
        en: `${judged.map(({ name }) => name).join(', ')} log their connections`,
        zh: `${judged.map(({ name }) => name).join('、')} 均记录连接`,
      },
      evidence: [
        ...globals.flatMap((placed) =>
          sectionEvidence(config, placed, ['log'], {
            en: 'a log target that takes level info',
            zh: '接受 info 级别的日志目标',
          }).slice(0, 1),
        ),
        ...judged.flatMap(({ proxy }) =>
          sectionEvidence(config, proxy, ['log', 'no log', 'option tcplog', 'option httplog', 'log-format'], {
            en: 'log global and option tcplog',
            zh: 'log global 与 option tcplog',
          }),
        ),
      ],
    });
  },
});
