import { defineClusterCheck, notApplicable, undecided, type Evidence } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { findProxy, findValue, sectionEvidence, serversOf } from '../haproxy-sections.ts';
import { servicesOf } from '../haproxy-services.ts';
import { findSeen, seenMembers } from '../members.ts';

export const clusterHaproxyCheckTls = defineClusterCheck({
  id: 'cluster-haproxy-check-tls',
  catalogue: ['HAP-005'],
  title: { en: 'Health checks verify Patroni where Patroni uses TLS', zh: 'Patroni 启用 TLS 时健康检查校验其证书' },
  severity: 'medium',
  rationale: {
    en: 'Whoever answers the health check in the place of Patroni decides where writes go.',
    zh: '能冒充 Patroni 应答健康检查者即可决定写请求的去向。',
  },
  remediation: {
    en: 'Add check-ssl verify required ca-file to the servers of every service.',
    zh: '在各服务的后端加入 check-ssl verify required ca-file。',
  },
  fix: ['default-server check-ssl verify required ca-file /etc/haproxy/ca.crt'],
  needs: ['patroni.tls', 'haproxy.stats', 'node.haproxy-config'],
  members: 'complete',
  params: {},
  evaluate({ 'patroni.tls': patroni, 'haproxy.stats': stats, 'node.haproxy-config': configs }) {
    const secured = seenMembers(patroni)
      .filter(({ value }) => value.scheme === 'https')
      .map(({ member }) => member);
    const names = [...new Set(seenMembers(stats).flatMap(({ value }) => servicesOf(value).map(({ name }) => name)))];
    const evidence: Evidence[] = [];
    const complaints = [...configs.keys()].flatMap((node) => {
      const config = findSeen(configs, node);
      if (config === undefined || config === null) return [];
      return names.flatMap((name): readonly Complaint[] => {
        const proxy = findProxy(config, name);
        if (proxy === undefined) return [];
        evidence.push(
          ...sectionEvidence(config, proxy, ['default-server', 'server'], {
            en: 'check-ssl verify required ca-file',
            zh: 'check-ssl verify required ca-file',
          }).map((item) => ({ ...item, subject: node })),
        );
        const servers = serversOf(config, proxy);
        const plain = servers.some(({ words }) => !words.includes('check-ssl') && !words.includes('ssl'));
        const blind = servers.some(
          ({ words }) => findValue(words, 'verify') !== 'required' || findValue(words, 'ca-file') === undefined,
        );
        return plain
          ? [complaint('fail', `${name} asks Patroni in clear text`, `${name} 以明文检查 Patroni`)]
          : blind
            ? [complaint('warn', `${name} does not verify Patroni's certificate`, `${name} 未校验 Patroni 证书`)]
            : [];
      });
    });
    if (secured.length === 0) {
      return notApplicable({ en: 'Patroni does not use TLS', zh: 'Patroni 未启用 TLS，本项不适用' }, ...evidence);
    }
    if (evidence.length === 0) {
      return undecided({ en: 'no configuration of a service was found', zh: '未找到任何服务的配置，无法判定' });
    }
    return verdictOf({
      complaints,
      good: { en: 'every health check verifies Patroni', zh: '所有健康检查均校验 Patroni 证书' },
      evidence,
    });
  },
});
