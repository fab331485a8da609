import { defineClusterCheck, fail, pass, undecided, type Evidence } from '../../check.ts';
import { findZones } from '../failure-domains.ts';
import { seenMembers } from '../members.ts';

export const clusterEtcdFailureDomains = defineClusterCheck({
  id: 'cluster-etcd-failure-domains',
  catalogue: ['ETCD-009'],
  title: { en: 'No single failure takes the majority of etcd', zh: 'etcd 多数成员不处于同一故障域' },
  severity: 'medium',
  rationale: {
    en: 'When a majority sits on one host or in one zone, its loss ends every lease: with two sites the third vote must live at a third place.',
    zh: '多数成员位于同一主机或可用区时，其失效将导致全部租约终止；双机房部署时第三票应位于第三地点。',
  },
  remediation: {
    en: 'Spread the voting members, put an arbiter at a third place, and declare where they are under params.cluster-etcd-failure-domains.zones.',
    zh: '分散部署投票成员，在第三地点设置仲裁成员，并在 params.cluster-etcd-failure-domains.zones 中声明位置。',
  },
  fix: ['params:\n  cluster-etcd-failure-domains:\n    zones: {etcd-1: az1, etcd-2: az2, etcd-3: az3}'],
  members: 'partial',
  needs: ['etcd.members'],
  /** Member of etcd -> zone, rack or room, as the operator declares it. */
  params: { zones: {} },
  evaluate({ 'etcd.members': lists }, { zones }) {
    const [view] = seenMembers(lists);
    if (view === undefined) return undecided({ en: 'no member of etcd answered', zh: 'etcd 没有成员应答，无法判定' });
    const voters = view.value.filter(({ isLearner }) => !isLearner);
    const evidence: Evidence = {
      fact: 'etcd.members',
      subject: view.member,
      at: 'voting members and their peer addresses',
      actual: voters
        .map(({ name, peerUrls }) => `${name} ${peerUrls.join(',')}`)
        .toSorted()
        .join('\n'),
      expected: { en: 'no majority at one place', zh: '多数成员不处于同一位置' },
      shell: `{etcdctl} member list -w json | jq -r '.members[] | select(.isLearner != true) | "\\(.name) \\(.peerURLs | join(","))"' | LC_ALL=C sort`,
    };
    const majority = Math.floor(voters.length / 2) + 1;
    const hosts = new Map<string, number>();
    for (const { peerUrls } of voters) {
      const host = new URL(peerUrls[0] ?? 'http://unknown').hostname;
      hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
    const crowded = [...hosts].filter(([, count]) => voters.length > 1 && count > 1).map(([host]) => host);
    if (crowded.length > 0) {
      return fail(
        { en: `several members share ${crowded.join(', ')}`, zh: `经核查，多个成员位于同一主机 ${crowded.join('、')}` },
        evidence,
      );
    }
    if (voters.length === 1) {
      return fail(
        { en: 'a single member is one failure domain', zh: '经核查，仅有一个成员，处于单一故障域' },
        evidence,
      );
    }
    const found = findZones(
      voters.map(({ name }) => name),
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
    const heavy = [...found.zones].filter(([, count]) => voters.length - count < majority).map(([zone]) => zone);
    if (heavy.length > 0) {
      return fail(
        {
          en: `without ${heavy.join(' or ')} no majority is left: its loss stops etcd`,
          zh: `经核查，失去故障域 ${heavy.join('、')} 后不足法定多数，etcd 将不可用`,
        },
        evidence,
      );
    }
    return pass(
      {
        en: `${voters.length} voting members in ${found.zones.size} zones as declared, each may be lost`,
        zh: `经核查，${voters.length} 个投票成员按声明分布于 ${found.zones.size} 个故障域，失去任一故障域仍有多数，符合要求`,
      },
      evidence,
    );
  },
});
