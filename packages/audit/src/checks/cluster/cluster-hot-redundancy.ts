import { defineClusterCheck, fail, pass, undecided, warn } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { pairStandbys, receiverEvidence, sendersEvidence } from '../standby-streams.ts';

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
  needs: ['pg.server', 'pg.replication', 'pg.wal-receiver'],
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
    const healthy = primaries.length + streaming.length;
    const names = [...primaries, ...streaming].map(({ member }) => member).join(', ') || '-';

    // Proven is proven, whoever else is out of sight.
    if (primaries.length > 0 && streaming.length > 0 && healthy >= wanted) {
      return pass(
        {
          en: `${healthy} healthy members: ${names}`,
          zh: `经核查，健康成员 ${healthy} 个（${names}），具备热冗余，符合要求`,
        },
        ...evidence,
      );
    }
    // A member that does not answer us may still be healthy - but only if someone streams to it.
    const paired = new Set(streaming.map(({ sender }) => sender?.stream));
    const strangers = seenMembers(facts['pg.replication'])
      .flatMap(({ value }) => value)
      .filter((stream) => !stream.logical && stream.state === 'streaming' && !paired.has(stream)).length;
    const possible = primaries.length > 0 ? Math.min(unseen.length, strangers) : unseen.length;
    if (unseen.length > 0 && (possible > 0 || primaries.length === 0)) {
      const missing = unseen.join(', ');
      return undecided(
        {
          en: `${healthy} members are proven healthy (${names}); ${missing} did not answer and may be`,
          zh: `已确认健康成员 ${healthy} 个（${names}），${missing} 未应答，无法判定`,
        },
        ...evidence,
      );
    }
    if (healthy < minimum || streaming.length === 0) {
      return fail(
        {
          en: `only ${healthy} healthy members (${names}), ${streaming.length} of them streaming replicas`,
          zh: `经核查，健康成员仅 ${healthy} 个（${names}），其中正常流复制的备库 ${streaming.length} 个，不具备热冗余`,
        },
        ...evidence,
      );
    }
    return warn(
      {
        en: `${healthy} healthy members (${names}); one failure leaves no redundancy, ${wanted} are wanted`,
        zh: `经核查，健康成员 ${healthy} 个（${names}），发生一次故障后即无冗余，建议不少于 ${wanted} 个`,
      },
      ...evidence,
    );
  },
});
