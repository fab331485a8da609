import { defineClusterCheck, fail, pass, undecided, type Evidence, type Verdict } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { standbyClusterOf } from '../standby-cluster.ts';
import { seenMembers, unseenMembers, type Seen } from '../members.ts';
import { psqlRow } from '../psql-output.ts';

export const clusterOnePrimary = defineClusterCheck({
  id: 'cluster-one-primary',
  catalogue: ['HA-001'],
  title: { en: 'Exactly one member takes writes', zh: '集群有且仅有一个主库' },
  severity: 'critical',
  rationale: {
    en: 'Two primaries accept writes that can never be merged; without any, the service is down.',
    zh: '出现两个主库会产生无法合并的写入（脑裂）；没有主库则服务中断。',
  },
  remediation: {
    en: 'Two: fence the stale one at once (stop it, close its address), then rewind or rebuild it. None: look at the distributed store and promote the most advanced replica.',
    zh: '存在两个主库时立即隔离陈旧主库（停止服务、断开网络），随后 rewind 或重建；没有主库时检查分布式配置存储并提升数据最新的备库。',
  },
  fix: [
    'patronictl list {cluster}',
    'patronictl failover {cluster} --candidate {member}',
    'patronictl reinit {cluster} {stale member}',
  ],
  needs: ['pg.server', 'cluster.inventory'],
  optional: ['cluster.inventory'],
  members: 'partial',
  params: {},
  evaluate({ 'pg.server': servers, 'cluster.inventory': inventory }) {
    const seen = seenMembers(servers);
    const unseen = unseenMembers(servers);
    const evidence = seen.flatMap((member) => [roleEvidence(member), timelineEvidence(member)]);
    const primaries = seen.filter(({ value }) => !value.inRecovery);
    const names = primaries.map(({ member }) => member).join(', ');

    const identities = new Set(seen.map(({ value }) => value.systemIdentifier));
    if (identities.size > 1) {
      return fail(
        {
          en: `members are copies of ${identities.size} different databases (system identifiers differ)`,
          zh: `经核查，成员的系统标识不一致，分属 ${identities.size} 个不同的数据库集簇`,
        },
        ...evidence,
      );
    }
    if (primaries.length > 1) {
      return fail(
        { en: `split brain: ${names} all take writes`, zh: `经核查，存在多个可写主库（脑裂）：${names}` },
        ...evidence,
      );
    }
    const isStandby = standbyClusterOf(inventory);
    if (isStandby === true) return judgeStandbyCluster(seen, unseen, evidence);
    const [primary] = primaries;
    if (unseen.length > 0) {
      const missing = unseen.join(', ');
      return undecided(
        primary === undefined
          ? {
              en: `no member that answered takes writes, and ${missing} did not answer`,
              zh: `已应答成员中没有主库，且 ${missing} 未应答，无法判定`,
            }
          : {
              en: `${names} takes writes; ${missing} did not answer and may do so too`,
              zh: `${names} 为主库，但 ${missing} 未应答，无法排除其同时可写`,
            },
        ...evidence,
      );
    }
    if (primary === undefined && isStandby === 'unknown') {
      return undecided(
        {
          en: 'no member takes writes, and Patroni did not say whether this is a standby cluster',
          zh: '没有任何成员可写，且 Patroni 未应答，无法确认是否为备集群',
        },
        ...evidence,
      );
    }
    if (primary === undefined) {
      return fail({ en: 'no member takes writes', zh: '经核查，没有任何成员可写' }, ...evidence);
    }
    const { timeline } = primary.value;
    const elsewhere = seen.filter(({ value }) => value.timeline !== null && value.timeline !== timeline);
    if (elsewhere.length > 0) {
      const list = elsewhere.map(({ member, value }) => `${member} (${value.timeline ?? ''})`).join(', ');
      return fail(
        {
          en: `${list} follows another timeline than the primary ${names} (${timeline ?? ''})`,
          zh: `经核查，${list} 的时间线与主库 ${names}（${timeline ?? ''}）不一致`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${names} is the only primary, on timeline ${timeline ?? ''}`,
        zh: `经核查，${names} 为唯一主库，时间线为 ${timeline ?? ''}，符合要求`,
      },
      ...evidence,
    );
  },
});

/** A cluster that follows another one: nobody takes writes, and all are on one timeline. */
function judgeStandbyCluster(
  seen: readonly Seen<FactMap['pg.server']>[],
  unseen: readonly string[],
  evidence: readonly Evidence[],
): Verdict {
  const writable = seen.filter(({ value }) => !value.inRecovery).map(({ member }) => member);
  if (writable.length > 0) {
    const names = writable.join(', ');
    return fail(
      {
        en: `${names} takes writes although this is a standby cluster: what it writes is not in the main cluster`,
        zh: `经核查，本集群为备集群，但 ${names} 可写，其写入不属于主集群`,
      },
      ...evidence,
    );
  }
  const timelines = new Set(seen.flatMap(({ value }) => (value.timeline === null ? [] : [value.timeline])));
  if (timelines.size > 1) {
    const list = seen.map(({ member, value }) => `${member} (${value.timeline ?? '-'})`).join(', ');
    return fail(
      {
        en: `members of the standby cluster follow different timelines: ${list}`,
        zh: `经核查，备集群成员时间线不一致：${list}`,
      },
      ...evidence,
    );
  }
  if (unseen.length > 0) {
    const missing = unseen.join(', ');
    return undecided(
      {
        en: `nobody that answered takes writes, as in a standby cluster; ${missing} did not answer and may`,
        zh: `备集群中已应答成员均不可写，但 ${missing} 未应答，无法判定`,
      },
      ...evidence,
    );
  }
  return pass(
    {
      en: `a standby cluster: nobody takes writes, and all follow timeline ${[...timelines].join('')}`,
      zh: `经核查，本集群为备集群，全部成员只读且时间线一致（${[...timelines].join('')}），符合要求`,
    },
    ...evidence,
  );
}

const roleEvidence = ({ member, value }: Seen<FactMap['pg.server']>): Evidence => ({
  fact: 'pg.server',
  subject: member,
  at: 'in recovery, system identifier',
  actual: psqlRow(value.inRecovery, value.systemIdentifier),
  expected: { en: 'f on exactly one member, one identifier', zh: '仅一个成员为 f，系统标识一致' },
  sql: 'SELECT pg_is_in_recovery(), system_identifier FROM pg_control_system()',
});

const timelineEvidence = ({ member, value }: Seen<FactMap['pg.server']>): Evidence => ({
  fact: 'pg.server',
  subject: member,
  at: 'timeline written or received',
  actual: psqlRow(value.timeline),
  expected: { en: 'the same on every member', zh: '各成员一致' },
  sql: `SELECT CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver) ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END`,
});
