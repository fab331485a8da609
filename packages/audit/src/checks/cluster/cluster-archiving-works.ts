import { defineClusterCheck, undecided, type Evidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { findSeen, seenMembers } from '../members.ts';

export const clusterArchivingWorks = defineClusterCheck({
  id: 'cluster-archiving-works',
  catalogue: ['BKP-006', 'BKP-023'],
  title: { en: 'WAL archiving works now', zh: 'WAL 归档当前正常' },
  severity: 'critical',
  rationale: {
    en: 'Archiving that fails loses the recovery point and fills the disk of the primary until it stops.',
    zh: '归档失败会丧失恢复点，并写满主库磁盘直至停库。',
  },
  remediation: {
    en: 'Read the server log for the failing command, mend the repository or its credentials, and watch the backlog shrink.',
    zh: '查看日志中的归档报错，修复仓库或凭据，确认积压下降。',
  },
  fix: ['pgbackrest --stanza={stanza} check', 'SELECT * FROM pg_stat_archiver'],
  needs: ['pg.archiver', 'pg.settings'],
  members: 'partial',
  params: { maxReady: 32, maxAgeSeconds: 900 },
  evaluate({ 'pg.archiver': archivers, 'pg.settings': settings }, { maxReady, maxAgeSeconds }, { at }) {
    const primaries = seenMembers(archivers).filter(({ value }) => !value.inRecovery);
    if (primaries.length === 0) {
      return undecided(
        { en: 'no primary was seen, so nobody archives', zh: '未识别到主库，无法判定' },
        ...seenMembers(archivers).map(({ member }) => recoveryEvidence(member, 't')),
      );
    }
    return verdictOf({
      complaints: primaries.flatMap(({ member, value }) => {
        const { readyCount, lastArchivedAt, lastFailedAt, lastArchivedWal } = value;
        const last = {
          fact: 'pg.archiver',
          subject: member,
          at: 'whether the last attempt failed',
          sql: 'SELECT coalesce(last_failed_time > coalesce(last_archived_time, to_timestamp(0)), false) FROM pg_stat_archiver',
          actual: lastFailedAt !== null && lastFailedAt > (lastArchivedAt ?? '') ? 't' : 'f',
          expected: { en: 'f', zh: 'f' },
        } as const;
        if (
          value.archivedCount === '0' &&
          lastArchivedWal === null &&
          last.actual === 'f' &&
          findSeen(settings, member)?.['archive_mode']?.value === 'off'
        ) {
          return [complaint('fail', `${member} archives nothing`, `${member} 未归档`, last)];
        }
        const ageSeconds = lastArchivedAt === null ? undefined : (Date.parse(at) - Date.parse(lastArchivedAt)) / 1000;
        return [
          ...(last.actual === 't'
            ? [complaint('fail', `the last attempt of ${member} failed`, `${member} 最近一次归档失败`, last)]
            : []),
          ...(readyCount > maxReady
            ? [
                complaint(
                  'fail',
                  `${readyCount} segments wait on ${member}`,
                  `${member} 有 ${readyCount} 个 WAL 段积压`,
                  last,
                ),
              ]
            : []),
          // A quiet server archives nothing; one with a backlog is late.
          ...(readyCount > 0 && ageSeconds !== undefined && ageSeconds > maxAgeSeconds
            ? [
                complaint(
                  'fail',
                  `${member} archived its last segment ${Math.floor(ageSeconds)} s ago while others wait`,
                  `${member} 最近归档距今 ${Math.floor(ageSeconds)} 秒且有积压`,
                  last,
                ),
              ]
            : []),
          ...(lastArchivedAt === null && last.actual === 'f'
            ? [
                complaint(
                  'warn',
                  `${member} has archived nothing since its statistics were reset`,
                  `${member} 自统计重置以来无归档记录`,
                  last,
                ),
              ]
            : []),
        ];
      }),
      good: { en: 'the primary archives its WAL', zh: '主库归档正常' },
      evidence: primaries.map(({ member }) => recoveryEvidence(member, 'f')),
    });
  },
});
const recoveryEvidence = (member: string, actual: 't' | 'f'): Evidence => ({
  fact: 'pg.archiver',
  subject: member,
  at: 'in recovery',
  sql: 'SELECT pg_is_in_recovery()',
  actual,
  expected: { en: 'f on the primary', zh: '主库为 f' },
});
