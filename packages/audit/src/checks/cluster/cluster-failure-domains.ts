import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { seenMembers } from '../members.ts';
import { findZones } from '../failure-domains.ts';

export const clusterFailureDomains = defineClusterCheck({
  id: 'cluster-failure-domains',
  catalogue: ['HA-022'],
  title: { en: 'Members do not fail together', zh: '成员分布于不同故障域' },
  severity: 'medium',
  rationale: {
    en: 'Replicas on one host, in one rack or room are lost in one go: they are copies, but no redundancy.',
    zh: '位于同一主机、机柜或机房的备库会同时失效，只是副本而非冗余。',
  },
  remediation: {
    en: 'Place members on different hosts and in different racks or zones, and declare where they are under params.cluster-failure-domains.zones.',
    zh: '将成员部署于不同主机、机柜或可用区，并在 params.cluster-failure-domains.zones 中声明其位置。',
  },
  fix: ['params:\n  cluster-failure-domains:\n    zones: {pg-test-1: az1, pg-test-2: az2, pg-test-3: az3}'],
  members: 'partial',
  needs: ['patroni.cluster'],
  /** Member -> zone, rack or room, as the operator declares it: nothing on a node can prove it. */
  params: { zones: {} },
  evaluate({ 'patroni.cluster': clusters }, { zones }) {
    const [view] = seenMembers(clusters);
    if (view === undefined) return undecided({ en: 'no member answered', zh: '没有成员应答，无法判定' });
    const { members } = view.value;
    const evidence: Evidence = {
      fact: 'patroni.cluster',
      subject: view.member,
      at: 'members and their hosts',
      actual: members.map(({ name, host }) => `${name} ${host ?? 'null'}`).join('\n'),
      expected: { en: 'a host each', zh: '每个成员独立主机' },
      shell: `{curl} {url}/cluster | jq -r '.members[] | "\\(.name) \\(.host)"'`,
    };
    const hosts = new Set(members.map(({ host }) => host));
    if (members.length > 1 && hosts.size < members.length) {
      return fail(
        {
          en: `${members.length} members share ${hosts.size} host${hosts.size === 1 ? '' : 's'}`,
          zh: `经核查，${members.length} 个成员仅分布于 ${hosts.size} 台主机`,
        },
        evidence,
      );
    }
    const found = findZones(
      members.map(({ name }) => name),
      zones,
    );
    if (found.undeclared.length > 0) {
      return undecided(
        {
          en: `each member has a host of its own; the zone of ${found.undeclared.join(', ')} is not declared (zones)`,
          zh: `各成员主机独立，但未声明 ${found.undeclared.join('、')} 所在的故障域（zones），无法判定`,
        },
        evidence,
      );
    }
    if (found.zones.size < 2) {
      return warn(
        {
          en: `all members are in ${[...found.zones.keys()].join(', ')}`,
          zh: `经核查，全部成员位于同一故障域 ${[...found.zones.keys()].join('、')}`,
        },
        evidence,
      );
    }
    return pass(
      {
        en: `${members.length} members on hosts of their own in ${found.zones.size} zones as declared`,
        zh: `经核查，${members.length} 个成员主机独立，按声明分布于 ${found.zones.size} 个故障域，符合要求`,
      },
      evidence,
    );
  },
});
