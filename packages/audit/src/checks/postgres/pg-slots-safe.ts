import { defineCheck, fail, notApplicable, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import type { Text } from '../../text.ts';
import { psqlRows } from '../psql-output.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { sqlLiteral } from '../sql-literal.ts';

type Slot = FactMap['pg.slots'][number];
type Complaint = { readonly level: 'warn' | 'fail'; readonly text: Text };

export const pgSlotsSafe = defineCheck({
  id: 'pg-slots-safe',
  catalogue: ['HA-019'],
  title: { en: 'No replication slot is lost or fills the disk', zh: '复制槽安全' },
  severity: 'high',
  rationale: {
    en: 'A forgotten slot keeps WAL until the disk is full and the primary stops; a lost one means a standby or subscriber must be rebuilt.',
    zh: '被遗忘的复制槽会持续保留 WAL 直至磁盘写满、主库停止；失效的槽意味着备库或订阅端需重建。',
  },
  remediation: {
    en: 'Drop slots nobody reads, bring their readers back, and bound what a slot may keep (max_slot_wal_keep_size from 13, idle_replication_slot_timeout from 18).',
    zh: '删除无人使用的复制槽或恢复其消费端，并限制可保留的 WAL（13 起 max_slot_wal_keep_size，18 起 idle_replication_slot_timeout）。',
  },
  fix: [
    `SELECT pg_drop_replication_slot('{slot}')`,
    `ALTER SYSTEM SET max_slot_wal_keep_size = '{a third of the disk}'`,
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.slots', 'pg.server', 'pg.settings'],
  /** An inactive slot may hold this much WAL and stay inactive this long. */
  params: { inactiveRetainedBytes: 1_073_741_824, inactiveHours: 24 },
  evaluate(
    { 'pg.slots': slots, 'pg.server': server, 'pg.settings': settings },
    { inactiveRetainedBytes, inactiveHours },
    { at },
  ) {
    // To the second, so that the printed statement stays short; pg_replication_slots keeps microseconds.
    const idleSince = `${new Date(Date.parse(at) - inactiveHours * 3_600_000).toISOString().slice(0, 19)}Z`;
    const evidence = [
      slotEvidence(slots, server, inactiveRetainedBytes, idleSince),
      ...(server.versionNum >= 130000
        ? [
            settingEvidence(settings, 'max_slot_wal_keep_size', {
              en: 'a limit in MB, not -1',
              zh: '非 -1 的上限（MB）',
            }),
          ]
        : []),
    ];
    if (slots.length === 0) {
      return notApplicable({ en: 'there is no permanent slot', zh: '没有永久复制槽，本项不适用' }, ...evidence);
    }
    // Version 12 and older know no limit; a setting hidden from the role counts as none.
    const unlimited = (settings['max_slot_wal_keep_size']?.value ?? '-1') === '-1';
    const complaints = slots.flatMap((slot) =>
      findComplaint(slot, { unlimited, inRecovery: server.inRecovery, inactiveRetainedBytes, idleSince }),
    );
    if (complaints.length === 0) {
      return pass(
        {
          en: `slots looked at: ${slots.length}; none is lost or holds too much WAL`,
          zh: `经核查，共 ${slots.length} 个复制槽，均未失效且未过量保留 WAL，符合要求`,
        },
        ...evidence,
      );
    }
    const reason = {
      en: complaints.map(({ text }) => text.en).join('; '),
      zh: `经核查，${complaints.map(({ text }) => text.zh).join('；')}`,
    };
    return complaints.some(({ level }) => level === 'fail') ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});

interface Limits {
  readonly unlimited: boolean;
  readonly inRecovery: boolean;
  readonly inactiveRetainedBytes: number;
  readonly idleSince: string;
}

function findComplaint(slot: Slot, limits: Limits): readonly Complaint[] {
  const { name } = slot;
  if (slot.walStatus === 'lost' || slot.invalidationReason !== null) {
    const why = slot.invalidationReason ?? 'wal_removed';
    return [{ level: 'fail', text: { en: `slot ${name} is lost (${why})`, zh: `复制槽 ${name} 已失效（${why}）` } }];
  }
  if (slot.walStatus === 'unreserved') {
    return [
      {
        level: 'fail',
        text: {
          en: `slot ${name} will lose its WAL at the next checkpoint`,
          zh: `复制槽 ${name} 所需 WAL 将在下一检查点被移除（unreserved）`,
        },
      },
    ];
  }
  if (slot.active) return [];
  if (limits.unlimited && (slot.retainedBytes ?? 0) > limits.inactiveRetainedBytes) {
    return [
      {
        level: 'fail',
        text: {
          en: `inactive slot ${name} holds over ${limits.inactiveRetainedBytes} bytes of WAL without any limit`,
          zh: `未激活的复制槽 ${name} 保留的 WAL 超过 ${limits.inactiveRetainedBytes} 字节且无上限`,
        },
      },
    ];
  }
  // A standby keeps inactive copies for the day it is promoted: Patroni's member slots, synchronised slots.
  if (limits.inRecovery || slot.synced || slot.retainedBytes === null) return [];
  if (slot.inactiveSince === null) {
    return [
      {
        level: 'warn',
        text: {
          en: `slot ${name} is inactive; this version does not say since when`,
          zh: `复制槽 ${name} 未激活（该版本不提供起始时间）`,
        },
      },
    ];
  }
  // Both are ISO 8601 in UTC; up to the seconds they compare as text.
  return slot.inactiveSince.slice(0, 19) < limits.idleSince.slice(0, 19)
    ? [
        {
          level: 'warn',
          text: {
            en: `slot ${name} has been inactive since before ${limits.idleSince}`,
            zh: `复制槽 ${name} 自 ${limits.idleSince} 之前起未激活`,
          },
        },
      ]
    : [];
}

function slotEvidence(
  slots: readonly Slot[],
  { versionNum }: FactMap['pg.server'],
  limit: number,
  idleSince: string,
): Evidence {
  const v13 = versionNum >= 130000;
  const v17 = versionNum >= 170000;
  const rows = slots.map((slot) => [
    slot.name,
    slot.active,
    ...(v13 ? [slot.walStatus] : []),
    slot.retainedBytes === null ? null : slot.retainedBytes > limit,
    ...(v17
      ? [
          slot.invalidationReason,
          slot.inactiveSince === null ? null : slot.inactiveSince.slice(0, 19) < idleSince.slice(0, 19),
        ]
      : []),
  ]);
  const columns = [
    'slot_name',
    'active',
    ...(v13 ? ['wal_status'] : []),
    `pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, restart_lsn) > ${limit}`,
    ...(v17 ? ['invalidation_reason', `inactive_since < ${sqlLiteral(idleSince)}`] : []),
  ];
  return {
    fact: 'pg.slots',
    at: v17
      ? 'slot, active, WAL status, holds too much, invalidation reason, inactive too long'
      : v13
        ? 'slot, active, WAL status, holds too much'
        : 'slot, active, holds too much',
    actual: psqlRows(rows),
    expected: { en: 'active, or holding little', zh: '已激活，或保留量小' },
    sql: `SELECT ${columns.join(', ')} FROM pg_replication_slots WHERE NOT temporary ORDER BY slot_name`,
  };
}
