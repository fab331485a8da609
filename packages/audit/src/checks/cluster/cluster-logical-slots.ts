import { defineClusterCheck, fail, notApplicable, pass, undecided, type Evidence } from '../../check.ts';
import { findSeen, seenMembers, unseenMembers } from '../members.ts';

export const clusterLogicalSlots = defineClusterCheck({
  id: 'cluster-logical-slots',
  catalogue: ['HA-020'],
  title: { en: 'Subscribers find their slot after a failover', zh: '逻辑复制槽在切换后可用' },
  severity: 'medium',
  rationale: {
    en: 'A logical slot lives on one server: after a failover without a copy the subscriber has lost its place and must be loaded again.',
    zh: '逻辑复制槽仅存在于单个实例，切换后若无副本，订阅端将丢失位置而需重新初始化。',
  },
  remediation: {
    en: 'From 17 on create slots with failover and set sync_replication_slots; before, name them as permanent slots in Patroni’s configuration.',
    zh: '17 及以上创建 failover 槽并启用 sync_replication_slots；更早版本在 Patroni 配置中声明永久逻辑槽。',
  },
  fix: [
    'patronictl edit-config {cluster} -s slots.{slot}.type=logical -s slots.{slot}.database={database} -s slots.{slot}.plugin=pgoutput',
    `ALTER SYSTEM SET sync_replication_slots = 'on'`,
  ],
  members: 'partial',
  needs: ['pg.slots', 'pg.server'],
  /** Slots whose loss was agreed on. */
  params: { expendable: [''] },
  evaluate({ 'pg.slots': slots, 'pg.server': servers }, { expendable }) {
    const primary = seenMembers(servers).find(({ value }) => !value.inRecovery)?.member;
    const own = primary === undefined ? undefined : findSeen(slots, primary);
    if (primary === undefined || own === undefined) {
      return undecided({ en: 'the slots of the primary are out of sight', zh: '无法读取主库的复制槽，无法判定' });
    }
    const evidence = seenMembers(slots).map(({ member, value }): Evidence => ({
      fact: 'pg.slots',
      subject: member,
      at: 'permanent logical slots',
      actual: value
        .filter(({ logical }) => logical)
        .map(({ name }) => name)
        .toSorted()
        .join('\n'),
      expected: { en: 'those of the primary on every member', zh: '各成员与主库一致' },
      sql: `SELECT slot_name FROM pg_replication_slots WHERE slot_type = 'logical' AND NOT temporary ORDER BY slot_name::text COLLATE "C"`,
    }));
    const needed = own.filter(({ logical, name }) => logical && !expendable.includes(name)).map(({ name }) => name);
    if (needed.length === 0) {
      return notApplicable(
        { en: 'the primary has no logical slot', zh: '主库没有逻辑复制槽，本项不适用' },
        ...evidence,
      );
    }
    const missing = seenMembers(slots)
      .filter(({ member }) => member !== primary)
      .flatMap(({ member, value }) =>
        needed
          .filter((name) => !value.some((slot) => slot.logical && slot.name === name))
          .map((name) => `${name} on ${member}`),
      );
    if (missing.length > 0) {
      return fail(
        {
          en: `slots without a copy: ${missing.join(', ')}`,
          zh: `经核查，下列逻辑槽在备库上没有副本：${missing.join('、')}`,
        },
        ...evidence,
      );
    }
    const unseen = [...new Set([...unseenMembers(slots), ...unseenMembers(servers)])];
    if (unseen.length > 0) {
      return undecided(
        {
          en: `the slots of ${unseen.join(', ')} are out of sight`,
          zh: `无法读取 ${unseen.join('、')} 的复制槽，无法判定`,
        },
        ...evidence,
      );
    }
    if (seenMembers(slots).length < 2) {
      return notApplicable({ en: 'there is no other member', zh: '没有其他成员，本项不适用' }, ...evidence);
    }
    return pass(
      { en: `every member has ${needed.join(', ')}`, zh: `经核查，各成员均有逻辑槽 ${needed.join('、')}，符合要求` },
      ...evidence,
    );
  },
});
