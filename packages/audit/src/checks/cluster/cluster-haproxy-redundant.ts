import { defineClusterCheck, notApplicable, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findProxy, sectionEvidence } from '../haproxy-sections.ts';
import { proxiesEvidence, servicesOf } from '../haproxy-services.ts';
import { findSeen, seenMembers } from '../members.ts';

export const clusterHaproxyRedundant = defineClusterCheck({
  id: 'cluster-haproxy-redundant',
  catalogue: ['HAP-010'],
  title: { en: 'Services are offered by several HAProxies that agree', zh: '接入层冗余且各 HAProxy 配置一致' },
  severity: 'medium',
  rationale: {
    en: 'One proxy is one point of failure before a cluster that has none; two that differ send clients to different members.',
    zh: '单个代理会成为高可用集群前的单点；配置不一致的多个代理会把客户端引向不同成员。',
  },
  remediation: {
    en: 'Run HAProxy on every member with the same configuration, and give clients several addresses, a virtual IP or a DNS name.',
    zh: '在每个成员上部署相同配置的 HAProxy，并向客户端提供多个地址、VIP 或 DNS 名称。',
  },
  fix: ['haproxy -c -f /etc/haproxy/haproxy.cfg', 'host={address 1},{address 2} target_session_attrs=read-write'],
  needs: ['haproxy.stats', 'node.haproxy-config'],
  members: 'partial',
  params: { fewest: 2 },
  evaluate({ 'haproxy.stats': stats, 'node.haproxy-config': configs }, { fewest }) {
    const offered = seenMembers(stats).map(({ member, value }) => ({
      member,
      value,
      names: servicesOf(value).map(({ name }) => name),
    }));
    const names = [...new Set(offered.flatMap((item) => item.names))];
    const evidence: Evidence[] = offered.map(({ member, value }) => ({
      ...proxiesEvidence(value, { en: `each service on ${fewest} proxies`, zh: `每个服务至少由 ${fewest} 个代理提供` }),
      subject: member,
    }));
    if (names.length === 0) {
      return notApplicable(
        { en: 'no HAProxy that answered has a service', zh: '应答的 HAProxy 均没有服务，本项不适用' },
        ...evidence,
      );
    }
    const complaints = names.flatMap((name) => {
      const count = offered.filter((item) => item.names.includes(name)).length;
      const shapes = new Set(
        [...configs.keys()].flatMap((node) => {
          const config = findSeen(configs, node);
          const proxy = config === undefined || config === null ? undefined : findProxy(config, name);
          if (config === undefined || config === null || proxy === undefined) return [];
          const looked = sectionEvidence(
            config,
            proxy,
            ['option', 'http-check', 'default-server', 'server', 'timeout'],
            both,
          );
          evidence.push(...looked.slice(0, 1).map((item) => ({ ...item, subject: node })));
          return [looked.map(({ actual }) => actual).join('\n')];
        }),
      );
      return [
        ...(count < fewest
          ? [complaint('fail', `${name} is offered by ${count} HAProxy`, `${name} 仅由 ${count} 个 HAProxy 提供`)]
          : []),
        ...(shapes.size > 1
          ? [complaint('warn', `${name} is not configured alike everywhere`, `${name} 在各节点的配置不一致`)]
          : []),
      ];
    });
    return verdictOf({
      complaints,
      good: {
        en: `${names.join(', ')} are offered by ${offered.length} proxies alike`,
        zh: `${names.join('、')} 由 ${offered.length} 个代理一致提供`,
      },
      evidence,
    });
  },
});

const both = { en: 'the same on every node', zh: '各节点一致' };
