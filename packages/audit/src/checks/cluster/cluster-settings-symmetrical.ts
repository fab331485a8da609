import { defineClusterCheck, fail, notApplicable, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { findSeen, seenMembers } from '../members.ts';
import { psqlRow, psqlRows } from '../psql-output.ts';
import { sqlLiterals } from '../sql-literal.ts';

/** A hot standby refuses to replay when one of these is lower than on the primary (PostgreSQL docs 26.4.3). */
const notLower: readonly string[] = [
  'max_connections',
  'max_locks_per_transaction',
  'max_prepared_transactions',
  'max_wal_senders',
  'max_worker_processes',
];
const equal: readonly string[] = ['shared_preload_libraries', 'wal_level'];
const compared = [...notLower, ...equal].toSorted();

export const clusterSettingsSymmetrical = defineClusterCheck({
  id: 'cluster-settings-symmetrical',
  catalogue: ['HA-027'],
  title: { en: 'Every standby can replay and take over', zh: '备库关键参数与主库匹配' },
  severity: 'low',
  rationale: {
    en: 'A standby with fewer slots than its primary stops replaying, or serves fewer clients after it takes over.',
    zh: '备库相关参数低于主库会导致回放停止，或接管后承载能力下降。',
  },
  remediation: {
    en: 'Raise the settings on the standbys first, then on the primary; lower them the other way round.',
    zh: '调大参数时先备库后主库，调小时先主库后备库。',
  },
  fix: [
    'patronictl edit-config {cluster}',
    'patronictl restart {cluster} --role replica',
    'patronictl restart {cluster}',
  ],
  needs: ['pg.settings', 'pg.server'],
  members: 'complete',
  params: {},
  evaluate({ 'pg.settings': settings, 'pg.server': servers }) {
    const members = seenMembers(servers);
    const primaries = members.filter(({ value }) => !value.inRecovery);
    const [primary] = primaries;
    const roles = members.map(({ member, value }) => roleEvidence(member, value.inRecovery));
    if (members.length < 2) {
      return notApplicable({ en: 'there is only one member', zh: '仅有一个成员，本项不适用' }, ...roles);
    }
    const wanted = primary === undefined ? undefined : findSeen(settings, primary.member);
    if (primary === undefined || wanted === undefined || primaries.length > 1) {
      return undecided(
        {
          en: `${primaries.length} primaries, so there is no one to compare with (cluster-one-primary)`,
          zh: `存在 ${primaries.length} 个主库，无法确定比较基准（见 cluster-one-primary）`,
        },
        ...roles,
      );
    }
    const evidence = seenMembers(settings).map(({ member, value }) => listEvidence(member, value));
    const standbys = seenMembers(settings).filter(({ member }) => member !== primary.member);
    const lower = standbys.flatMap(({ member, value }) =>
      notLower
        .filter((name) => Number(value[name]?.value) < Number(wanted[name]?.value))
        .map((name) => `${member}: ${name} ${value[name]?.value ?? '?'} < ${wanted[name]?.value ?? '?'}`),
    );
    if (lower.length > 0) {
      return fail(
        {
          en: `lower than on the primary ${primary.member}: ${lower.join('; ')}`,
          zh: `经核查，备库参数低于主库 ${primary.member}：${lower.join('；')}`,
        },
        ...evidence,
      );
    }
    const other = standbys.flatMap(({ member, value }) =>
      equal.filter((name) => value[name]?.value !== wanted[name]?.value).map((name) => `${member}: ${name}`),
    );
    if (other.length > 0) {
      return warn(
        {
          en: `different from the primary ${primary.member}: ${other.join('; ')}`,
          zh: `经核查，与主库 ${primary.member} 不一致：${other.join('；')}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `no standby is below the primary ${primary.member}`,
        zh: `经核查，各备库参数均不低于主库 ${primary.member}，符合要求`,
      },
      ...evidence,
    );
  },
});

const roleEvidence = (member: string, inRecovery: boolean): Evidence => ({
  fact: 'pg.server',
  subject: member,
  at: 'in recovery',
  actual: psqlRow(inRecovery),
  expected: { en: 'f on exactly one member', zh: '仅一个成员为 f' },
  sql: 'SELECT pg_is_in_recovery()',
});

const listEvidence = (member: string, settings: FactMap['pg.settings']): Evidence => ({
  fact: 'pg.settings',
  subject: member,
  at: 'settings of hot standby',
  actual: psqlRows(compared.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name].value]]))),
  expected: { en: 'on a standby not lower than on the primary', zh: '备库不低于主库' },
  sql: `SELECT name, setting FROM pg_settings WHERE name IN (${sqlLiterals(compared)}) ORDER BY name COLLATE "C"`,
});
