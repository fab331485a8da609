import { defineClusterCheck, fail, notApplicable, pass, undecided, warn, type MemberFacts } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { standbyClusterOf } from '../standby-cluster.ts';
import { pairStandbys, receiverEvidence, sendersEvidence, unpairedStreams, type Standby } from '../standby-streams.ts';

type Complaint = { readonly level: 'warn' | 'fail'; readonly en: string; readonly zh: string };

export const clusterReplicationStreaming = defineClusterCheck({
  id: 'cluster-replication-streaming',
  catalogue: ['HA-009'],
  title: { en: 'Every standby streams and keeps up', zh: '备库流复制正常且延迟在阈值内' },
  severity: 'high',
  rationale: {
    en: 'What a standby has not received is lost with the primary; what it has not replayed delays the takeover.',
    zh: '主库故障时，备库未接收的数据即丢失，未回放的数据会延长接管时间。',
  },
  remediation: {
    en: 'Look at the log of the standby and the network; when the WAL it needs is gone, rebuild it.',
    zh: '检查备库日志与网络；若所需 WAL 已被清除，则重建备库。',
  },
  fix: ['SELECT * FROM pg_stat_wal_receiver', 'SELECT pg_wal_replay_resume()', 'patronictl reinit {cluster} {member}'],
  needs: ['pg.server', 'pg.replication', 'pg.wal-receiver', 'pg.settings', 'cluster.inventory'],
  optional: ['cluster.inventory'],
  members: 'partial',
  /** 16 MiB is one WAL segment. A standby delayed on purpose is judged by what it received. */
  params: { maxLagBytes: 16_777_216 },
  evaluate(facts, { maxLagBytes }) {
    const unseen = [
      ...new Set([
        ...unseenMembers(facts['pg.server']),
        ...unseenMembers(facts['pg.replication']),
        ...unseenMembers(facts['pg.wal-receiver']),
      ]),
    ];
    const standbys = pairStandbys(facts);
    const evidence = [
      ...seenMembers(facts['pg.replication'])
        .filter(({ member, value }) => value.length > 0 || findSeen(facts['pg.server'], member)?.inRecovery === false)
        .map(({ member, value }) => sendersEvidence(member, value, maxLagBytes)),
      ...standbys
        .filter(({ member }) => facts['pg.wal-receiver'].get(member)?.status === 'ok')
        .map(({ member, receiver }) => receiverEvidence(member, receiver, maxLagBytes)),
    ];
    if (facts['pg.server'].size < 2) {
      return notApplicable({ en: 'the cluster has one member', zh: '集群仅有一个成员，本项不适用' }, ...evidence);
    }
    const isStandby = standbyClusterOf(facts['cluster.inventory']);
    const leader = isStandby === true ? findStandbyLeader(standbys) : undefined;
    const judged = standbys
      .filter(({ member }) => facts['pg.wal-receiver'].get(member)?.status === 'ok')
      .flatMap((standby) => {
        const delayMs = Number(
          findSeen(facts['pg.settings'], standby.member)?.['recovery_min_apply_delay']?.value ?? 0,
        );
        return judge(standby, {
          maxLagBytes,
          delayed: delayMs > 0,
          sendersSeen: unseen.length === 0 && isStandby !== 'unknown',
          isLeader: standby.member === leader,
        });
      });
    // A member out of sight may still stream - but not while nobody in sight sends anything to a stranger.
    const silent = unseenStandbys(facts, standbys, unseen);
    const complaints = [
      ...judged,
      ...silent.map((member): Complaint => ({
        level: 'fail',
        en: `${member} does not answer, and no member sends WAL to it`,
        zh: `${member} 未应答，且没有成员向其发送 WAL`,
      })),
    ];
    const reason = {
      en: complaints.map(({ en }) => en).join('; '),
      zh: `经核查，${complaints.map(({ zh }) => zh).join('；')}`,
    };
    if (complaints.some(({ level }) => level === 'fail')) return fail(reason, ...evidence);
    if (isStandby === 'unknown' && standbys.some(({ sender }) => sender === undefined)) {
      return undecided(
        {
          en: 'a member streams from no other, and Patroni did not say whether this is a standby cluster',
          zh: '有成员的复制来源不在本集群，且 Patroni 未应答，无法确认是否为备集群',
        },
        ...evidence,
      );
    }
    if (unseen.length > 0) {
      const missing = unseen.join(', ');
      return undecided(
        {
          en: `${missing} did not answer, so not every stream is proven`,
          zh: `${missing} 未应答，无法确认全部复制链路`,
        },
        ...evidence,
      );
    }
    if (standbys.length === 0) {
      return fail({ en: 'no member is a standby', zh: '经核查，没有任何成员为备库' }, ...evidence);
    }
    if (complaints.length > 0) return warn(reason, ...evidence);
    return pass(
      {
        en: standbys
          .map(({ member, sender }) => `${member} streams from ${sender?.member ?? 'the main cluster'}`)
          .join(', '),
        zh: `经核查，${standbys.map(({ member, sender }) => `${member} 从 ${sender?.member ?? '主集群'} 流复制`).join('，')}，延迟均在阈值内，符合要求`,
      },
      ...evidence,
    );
  },
});

/** Members that did not answer and, as a primary in sight shows, receive nothing from those that did. */
function unseenStandbys(
  facts: MemberFacts<'pg.server' | 'pg.replication' | 'pg.wal-receiver'>,
  standbys: readonly Standby[],
  unseen: readonly string[],
): readonly string[] {
  const primaryInSight = seenMembers(facts['pg.server']).some(
    ({ member, value }) => !value.inRecovery && findSeen(facts['pg.replication'], member) !== undefined,
  );
  return primaryInSight && unpairedStreams(facts, standbys) === 0
    ? unseen.filter((member) => findSeen(facts['pg.server'], member) === undefined)
    : [];
}

/** The one member of a standby cluster that receives from the main one; undefined when it is not told apart. */
function findStandbyLeader(standbys: readonly Standby[]): string | undefined {
  const outside = standbys.filter(({ receiver, sender }) => receiver !== null && sender === undefined);
  return outside.length === 1 ? outside[0]?.member : undefined;
}

interface Terms {
  readonly maxLagBytes: number;
  readonly delayed: boolean;
  /** Every sender there may be was looked at: who has none gets its WAL from elsewhere. */
  readonly sendersSeen: boolean;
  /** It leads a standby cluster: its sender is in the main one. */
  readonly isLeader: boolean;
}

function judge({ member, receiver, sender }: Standby, terms: Terms): readonly Complaint[] {
  const over = (bytes: number | null | undefined): boolean => (bytes ?? 0) > terms.maxLagBytes;
  if (receiver === null) {
    return [{ level: 'fail', en: `${member} receives nothing`, zh: `${member} 没有运行中的 WAL 接收进程` }];
  }
  if (receiver.status !== 'streaming') {
    return [
      {
        level: 'fail',
        en: `the receiver of ${member} is ${receiver.status}`,
        zh: `${member} 的 WAL 接收进程状态为 ${receiver.status}`,
      },
    ];
  }
  if (sender === undefined && terms.isLeader) return judgeReplay(member, receiver, terms);
  if (sender === undefined) {
    // With a member out of sight its sender may be there.
    return terms.sendersSeen
      ? [
          {
            level: 'fail',
            en: `${member} streams from a server that is no member of this cluster`,
            zh: `${member} 的复制来源不是本集群成员`,
          },
        ]
      : [];
  }
  if (sender.stream.state !== 'streaming') {
    return [
      {
        level: 'fail',
        en: `${sender.member} is in state ${sender.stream.state} for ${member}`,
        zh: `${sender.member} 发往 ${member} 的复制状态为 ${sender.stream.state}`,
      },
    ];
  }
  if (over(sender.stream.flushLagBytes)) {
    return [
      {
        level: 'fail',
        en: `${member} lacks more than ${terms.maxLagBytes} bytes of WAL`,
        zh: `${member} 未落盘的 WAL 超过 ${terms.maxLagBytes} 字节`,
      },
    ];
  }
  return judgeReplay(member, receiver, terms, sender.stream.replayLagBytes);
}

function judgeReplay(
  member: string,
  receiver: NonNullable<Standby['receiver']>,
  terms: Terms,
  senderLagBytes: number | null = null,
): readonly Complaint[] {
  if (terms.delayed) return [];
  if (Math.max(senderLagBytes ?? 0, receiver.replayLagBytes ?? 0) > terms.maxLagBytes) {
    return [
      {
        level: 'fail',
        en: `${member} has more than ${terms.maxLagBytes} bytes of WAL to replay`,
        zh: `${member} 未回放的 WAL 超过 ${terms.maxLagBytes} 字节`,
      },
    ];
  }
  return receiver.replayPaused
    ? [{ level: 'warn', en: `replay is paused on ${member}`, zh: `${member} 的回放已暂停` }]
    : [];
}
