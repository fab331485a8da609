import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findDirectives, findProxy, findValue, sectionEvidence } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict, proxiesEvidence, servicesOf, withoutServices } from '../haproxy-services.ts';

export const haproxyReplicaLagLimit = defineCheck({
  id: 'haproxy-replica-lag-limit',
  scope: 'haproxy',
  catalogue: ['HAP-013'],
  title: { en: 'The service for reads leaves out replicas that lag', zh: '读服务排除延迟过大的备库' },
  severity: 'low',
  rationale: {
    en: 'A replica that is hours behind still answers /replica: readers get old data and nobody notices.',
    zh: '落后数小时的备库仍会通过 /replica 检查，读请求得到陈旧数据而无人察觉。',
  },
  remediation: {
    en: 'Add lag to the address of the health check, such as /replica?lag=100MB.',
    zh: '在健康检查地址中加入 lag 参数，例如 /replica?lag=100MB。',
  },
  fix: ['http-check send meth OPTIONS uri /replica?lag=100MB'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  params: {},
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': found }) {
    const unnamed = withoutServices(stats);
    if (unnamed !== undefined) return unnamed;
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const read = servicesOf(stats).flatMap(({ name, role }) => {
      const proxy = role === 'replica' ? findProxy(config, name) : undefined;
      if (proxy === undefined) return [];
      const uris = findDirectives(config, proxy, 'http-check send').flatMap(
        ({ words }) => findValue(words, 'uri') ?? [],
      );
      const old = findDirectives(config, proxy, 'option httpchk').flatMap(({ words }) => words.slice(2));
      return [{ name, proxy, isLimited: [...uris, ...old].some((word) => /[?&]lag=/u.test(word)) }];
    });
    if (read.length === 0) {
      return notApplicable(
        { en: 'this HAProxy has no service for replicas', zh: '该 HAProxy 没有备库读服务，本项不适用' },
        proxiesEvidence(stats, { en: 'no replica service', zh: '无读服务' }),
      );
    }
    return verdictOf({
      complaints: read
        .filter(({ isLimited }) => !isLimited)
        .map(({ name }) => complaint('warn', `${name} takes replicas however far behind`, `${name} 不限制备库延迟`)),
      good: {
        en: `${read.map(({ name }) => name).join(', ')} leave out replicas beyond a lag`,
        zh: `${read.map(({ name }) => name).join('、')} 已限制备库延迟`,
      },
      evidence: read.flatMap(({ proxy }) =>
        sectionEvidence(config, proxy, ['http-check send', 'option httpchk'], {
          en: 'an address with lag=',
          zh: '地址包含 lag=',
        }),
      ),
    });
  },
});
