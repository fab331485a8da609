import { defineClusterCheck, fail, pass, undecided, warn, type MemberFacts } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { standbyClusterOf } from '../standby-cluster.ts';
import { pairStandbys, receiverEvidence, sendersEvidence, unpairedStreams, type Standby } from '../standby-streams.ts';

export const clusterHotRedundancy = defineClusterCheck({
  id: 'cluster-hot-redundancy',
  catalogue: ['HA-002'],
  title: { en: 'A standby is ready when the primary fails', zh: '具备热冗余' },
  severity: 'critical',
  rationale: {
    en: 'With one server every failure is an outage, and level 3 asks for hot redundancy of important systems; with two, one failure leaves none.',
    zh: '单机故障即业务中断，三级要求重要数据处理系统热冗余；仅两个成员时，一次故障后即无冗余。',
  },
  remediation: {
    en: 'Add replicas in other failure domains (rack, room, zone) until three members are healthy.',
    zh: '在不同故障域（机柜、机房、可用区）增加备库，使健康成员不少于三个。',
  },
  fix: ['patronictl list {cluster}', 'patronictl reinit {cluster} {member}'],
  needs: ['pg.server', 'pg.replication', 'pg.wal-receiver', 'cluster.inventory'],
  optional: ['cluster.inventory'],
  members: 'partial',
  /** Healthy members, the primary included: below `minimum` fails, below `wanted` warns. */
  params: { minimum: 2, wanted: 3, maxLagBytes: 16_777_216 },
  evaluate(facts, { minimum, wanted, maxLagBytes }) {
    const servers = seenMembers(facts['pg.server']);
    const unseen = [
      ...new Set([
        ...unseenMembers(facts['pg.server']),
        ...unseenMembers(facts['pg.replication']),
        ...unseenMembers(facts['pg.wal-receiver']),
      ]),
    ];
    const primaries = servers.filter(({ value }) => !value.inRecovery);
    const standbys = pairStandbys(facts);
    const streaming = standbys.filter(
      ({ receiver, sender }) => receiver?.status === 'streaming' && sender?.stream.state === 'streaming',
    );
    const evidence = [
      ...seenMembers(facts['pg.replication'])
        .filter(({ member, value }) => value.length > 0 || findSeen(facts['pg.server'], member)?.inRecovery === false)
        .map(({ member, value }) => sendersEvidence(member, value, maxLagBytes)),
      ...standbys
        .filter(({ member }) => facts['pg.wal-receiver'].get(member)?.status === 'ok')
        .map(({ member, receiver }) => receiverEvidence(member, receiver, maxLagBytes)),
    ];
    const isStandby = standbyClusterOf(facts['cluster.inventory']);
    // In a standby cluster the member that receives from the main one stands where else the primary does.
    const leaders =
      isStandby === true
        ? standbys.filter(({ receiver, sender }) => receiver?.status === 'streaming' && sender === undefined)
        : primaries;
    // Two primaries are a split brain, not redundancy.
    const healthy = Math.min(1, leaders.length) + streaming.length;
    const names = [...leaders, ...streaming].map(({ member }) => member).join(', ') || '-';

    // Proven is proven, whoever else is out of sight.
    if (leaders.length > 0 && streaming.length > 0 && healthy >= wanted) {
      return pass(
        {
          en: `healthy members: ${healthy} (${names})`,
          zh: `经核查，健康成员 ${healthy} 个（${names}），具备热冗余，符合要求`,
        },
        ...evidence,
      );
    }
    const possible = countPossible(facts, standbys, leaders.length);
    if (possible > 0 && healthy + possible >= minimum) {
      const missing = unseen.join(', ');
      return undecided(
        {
          en: `members proven healthy: ${healthy} (${names}); ${missing} could not be seen in full and may be`,
          zh: `已确认健康成员 ${healthy} 个（${names}），${missing} 的证据不完整，无法判定`,
        },
        ...evidence,
      );
    }
    if (healthy < minimum || streaming.length === 0 || leaders.length === 0) {
      if (isStandby === 'unknown' && primaries.length === 0) return undecided(unknownKind, ...evidence);
      return fail(
        {
          en: `healthy members: ${healthy} (${names}), streaming replicas among them: ${streaming.length}`,
          zh: `经核查，健康成员仅 ${healthy} 个（${names}），其中正常流复制的备库 ${streaming.length} 个，不具备热冗余`,
        },
        ...evidence,
      );
    }
    return warn(
      {
        en: `healthy members: ${healthy} (${names}); one failure leaves no redundancy, ${wanted} are wanted`,
        zh: `经核查，健康成员 ${healthy} 个（${names}），发生一次故障后即无冗余，建议不少于 ${wanted} 个`,
      },
      ...evidence,
    );
  },
});

const unknownKind = {
  en: 'no member takes writes, and Patroni did not say whether this is a standby cluster',
  zh: '没有任何成员可写，且 Patroni 未应答，无法确认是否为备集群',
};

/**
 * How many members may be healthy without being proven so: a silent primary, a silent standby that a sender serves or
 * may serve, a standby whose receiver or whose sender is out of sight.
 */
function countPossible(
  facts: MemberFacts<'pg.server' | 'pg.replication' | 'pg.wal-receiver'>,
  standbys: readonly Standby[],
  primaries: number,
): number {
  const silent = unseenMembers(facts['pg.server']);
  const hiddenSenders = unseenMembers(facts['pg.replication']);
  const hiddenReceivers = unseenMembers(facts['pg.wal-receiver']);
  const maySend = hiddenSenders.some((member) => !silent.includes(member));
  const served = primaries > 0 && !maySend ? unpairedStreams(facts, standbys) : silent.length;
  const unproven = standbys.filter(({ member, receiver, sender }) =>
    hiddenReceivers.includes(member)
      ? true
      : receiver?.status === 'streaming' && sender === undefined && hiddenSenders.length > 0,
  );
  return Math.min(silent.length, served) + unproven.length;
}
