import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const clusterSyncMode = defineClusterCheck({
  id: 'cluster-sync-mode',
  catalogue: ['HA-007'],
  title: { en: 'Commits wait for as many copies as the data needs', zh: '同步复制模式符合 RPO 要求' },
  severity: 'high',
  rationale: {
    en: 'With asynchronous replication the last commits are lost with the primary; where none may be lost, a commit must wait for a standby.',
    zh: '异步复制下主库故障会丢失最近提交的数据；要求零丢失的业务，提交必须等待备库确认。',
  },
  remediation: {
    en: 'In Patroni set synchronous_mode: true (or quorum) and, where blocking is better than losing, synchronous_mode_strict: true; keep synchronous_commit on.',
    zh: 'Patroni 中设置 synchronous_mode: true（或 quorum），宁可阻塞也不丢数据时再设置 synchronous_mode_strict: true；synchronous_commit 保持为 on。',
  },
  fix: ['patronictl edit-config {cluster} -s synchronous_mode=true', `ALTER SYSTEM SET synchronous_commit = 'on'`],
  needs: ['pg.server', 'pg.settings', 'pg.replication'],
  members: 'partial',
  /** What may be lost: `async-allowed` (the last moments) or `zero` (no commit). */
  params: { rpo: 'async-allowed' },
  evaluate({ 'pg.server': servers, 'pg.settings': allSettings, 'pg.replication': replication }, { rpo }) {
    const primaries = seenMembers(servers).filter(({ value }) => !value.inRecovery);
    const unseen = unseenMembers(servers);
    const [primary] = primaries;
    const settings = primary === undefined ? undefined : findSeen(allSettings, primary.member);
    const senders = primary === undefined ? undefined : findSeen(replication, primary.member);
    if (primary === undefined || primaries.length > 1) {
      const list = unseen.length > 0 ? unseen.join(', ') : '-';
      return undecided(
        {
          en: `primaries seen: ${primaries.length} (members not seen: ${list}); one is needed (cluster-one-primary)`,
          zh: `核查到主库 ${primaries.length} 个（未应答：${list}），应为 1 个，无法判定（见 cluster-one-primary）`,
        },
        ...seenMembers(servers).map(({ member, value }): Evidence => ({
          fact: 'pg.server',
          subject: member,
          at: 'in recovery',
          actual: value.inRecovery ? 't' : 'f',
          expected: { en: 'f on exactly one member', zh: '仅一个成员为 f' },
          sql: 'SELECT pg_is_in_recovery()',
        })),
      );
    }
    const { member } = primary;
    if (settings === undefined || senders === undefined) {
      const facts = [settings === undefined ? 'pg.settings' : '', senders === undefined ? 'pg.replication' : ''];
      const missing = facts.filter((fact) => fact !== '').join(', ');
      return undecided({
        en: `${member} is the primary, and what it says of ${missing} was not seen`,
        zh: `主库为 ${member}，但未能采集其 ${missing}，无法判定`,
      });
    }
    const onPrimary = (item: Evidence): Evidence => ({ ...item, subject: member });
    const unproven = findUnprovenSettings(settings, ['synchronous_standby_names', 'synchronous_commit']);
    if (unproven !== undefined) return { ...unproven, evidence: unproven.evidence.map(onPrimary) };

    const zero = rpo === 'zero';
    const names = onPrimary(
      settingEvidence(
        settings,
        'synchronous_standby_names',
        zero ? { en: 'standbys named', zh: '已指定同步备库' } : { en: 'any', zh: '不限' },
      ),
    );
    const commit = onPrimary(
      settingEvidence(
        settings,
        'synchronous_commit',
        zero ? { en: 'on or remote_apply', zh: 'on 或 remote_apply' } : { en: 'any but off', zh: '不为 off' },
      ),
    );
    const live = senders.filter(
      ({ syncState, state }) => (syncState === 'sync' || syncState === 'quorum') && state === 'streaming',
    ).length;
    const count = onPrimary({
      fact: 'pg.replication',
      at: 'synchronous standbys streaming now',
      actual: String(live),
      expected: zero ? { en: 'at least 1', zh: '至少 1 个' } : { en: 'any', zh: '不限' },
      sql: `SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming'`,
    });
    const evidence = [names, commit, count];
    const off = names.actual === '';
    if (!zero) {
      if (!off && live === 0) {
        return warn(
          {
            en: `${member} waits for synchronous standbys (${names.actual}), but none streams: commits hang`,
            zh: `经核查，${member} 要求同步备库（${names.actual}），但当前没有同步备库在线，提交会被阻塞`,
          },
          ...evidence,
        );
      }
      return pass(
        off
          ? {
              en: 'replication is asynchronous, which the declared RPO allows',
              zh: '经核查，复制为异步模式，符合已声明的 RPO 等级（允许异步）',
            }
          : {
              en: `${live} synchronous standbys stream from ${member}`,
              zh: `经核查，${member} 有 ${live} 个同步备库在线，符合要求`,
            },
        ...evidence,
      );
    }
    if (off || live === 0 || commit.actual === 'off' || commit.actual === 'local') {
      const why = off
        ? { en: 'no synchronous standby is asked for', zh: '未配置同步备库' }
        : live === 0
          ? { en: 'no synchronous standby streams', zh: '没有同步备库在线' }
          : {
              en: `synchronous_commit ${commit.actual} does not wait for a standby`,
              zh: `synchronous_commit 为 ${commit.actual}，提交不等待备库`,
            };
      return fail(
        { en: `${why.en}, but no commit may be lost`, zh: `经核查，${why.zh}，不满足零数据丢失要求` },
        ...evidence,
      );
    }
    if (commit.actual === 'remote_write') {
      return warn(
        {
          en: 'commits wait until a standby wrote, not until it flushed (remote_write)',
          zh: '经核查，提交仅等待备库写入操作系统缓存（remote_write），备库主机断电时仍可能丢失',
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `commits wait for ${names.actual}, ${live} of them streaming`,
        zh: `经核查，提交等待同步备库（${names.actual}），在线 ${live} 个，符合零数据丢失要求`,
      },
      ...evidence,
    );
  },
});
