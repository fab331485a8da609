import { defineCheck, pass, warn } from '../../check.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgRewindPossible = defineCheck({
  id: 'pg-rewind-possible',
  catalogue: ['INT-004'],
  title: { en: 'A former primary can be rewound', zh: '具备主库回退（pg_rewind）条件' },
  severity: 'high',
  rationale: {
    en: 'After a failover the old primary may have diverged; without page changes in the WAL it must be copied anew, and redundancy is missing for hours.',
    zh: '故障切换后旧主库可能分叉；若不满足回退条件只能重建，期间缺少冗余。',
  },
  remediation: {
    en: 'Enable data checksums, or set wal_log_hints = on (restart), keep full_page_writes on; in Patroni set use_pg_rewind: true.',
    zh: '启用数据校验和，或将 wal_log_hints 设为 on（需重启），保持 full_page_writes 为 on；Patroni 中设置 use_pg_rewind: true。',
  },
  fix: [`ALTER SYSTEM SET wal_log_hints = 'on'`, `ALTER SYSTEM SET full_page_writes = 'on'`],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const unproven = findUnprovenSettings(settings, ['data_checksums', 'wal_log_hints', 'full_page_writes']);
    if (unproven !== undefined) return unproven;
    const checksums = settingEvidence(settings, 'data_checksums', {
      en: 'on, or wal_log_hints on',
      zh: 'on，或 wal_log_hints 为 on',
    });
    const hints = settingEvidence(settings, 'wal_log_hints', {
      en: 'on, or data_checksums on',
      zh: 'on，或 data_checksums 为 on',
    });
    const pages = settingEvidence(settings, 'full_page_writes', { en: 'on', zh: 'on' });
    const evidence = [checksums, hints, pages];
    if (pages.actual === 'on' && (checksums.actual === 'on' || hints.actual === 'on')) {
      return pass(
        {
          en: `the server side of pg_rewind is met (data_checksums ${checksums.actual}, wal_log_hints ${hints.actual})`,
          zh: `经核查，data_checksums 为 ${checksums.actual}，wal_log_hints 为 ${hints.actual}，满足 pg_rewind 的服务器端条件`,
        },
        ...evidence,
      );
    }
    return warn(
      pages.actual === 'on'
        ? {
            en: 'neither data_checksums nor wal_log_hints is on, so pg_rewind refuses',
            zh: '经核查，data_checksums 与 wal_log_hints 均未启用，无法使用 pg_rewind',
          }
        : {
            en: 'full_page_writes is off, so pg_rewind refuses',
            zh: '经核查，full_page_writes 为 off，无法使用 pg_rewind',
          },
      ...evidence,
    );
  },
});
