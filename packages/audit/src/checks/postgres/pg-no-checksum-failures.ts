import { defineCheck, fail, notApplicable, pass, undecided, type Evidence } from '../../check.ts';
import { psqlRows } from '../psql-output.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, serverVersionNum } from '../setting-verdict.ts';

export const pgNoChecksumFailures = defineCheck({
  id: 'pg-no-checksum-failures',
  catalogue: ['INT-002'],
  title: { en: 'No corrupt page was met', zh: '未发现数据页校验失败' },
  severity: 'critical',
  rationale: {
    en: 'A failed checksum is proof of damaged data: reads return errors or, once ignored, wrong rows.',
    zh: '校验和失败说明数据已损坏，读取会报错，若被忽略则返回错误数据。',
  },
  remediation: {
    en: 'Find the relation in the log, restore it from a backup that predates the damage, replace the storage, then reset the statistics of that database.',
    zh: '从日志定位损坏对象，用损坏前的备份恢复，更换故障存储，随后重置该库统计信息。',
  },
  fix: ['pg_amcheck --all --heapallindexed', 'SELECT pg_stat_reset() -- in the database restored, once it is sound'],
  needs: ['pg.settings', 'pg.database-stats'],
  params: {},
  evaluate({ 'pg.settings': settings, 'pg.database-stats': databases }) {
    const unproven = findUnprovenSettings(settings, ['data_checksums']);
    if (unproven !== undefined) return unproven;
    const enabled = settingEvidence(settings, 'data_checksums', { en: 'on', zh: 'on' });
    if (enabled.actual !== 'on') {
      return notApplicable(
        { en: 'checksums are off (pg-checksums-enabled)', zh: '未启用校验和，本项不适用（见 pg-checksums-enabled）' },
        enabled,
      );
    }
    if (serverVersionNum(settings) < 120000) {
      return notApplicable(
        { en: 'this version does not count checksum failures', zh: '该版本不统计校验失败次数，本项不适用' },
        settingEvidence(settings, 'server_version_num', { en: '120000 or later', zh: '不低于 120000' }),
      );
    }
    const counts = databases.map(({ checksumFailures }) => checksumFailures);
    const known = counts.filter((count) => count !== null);
    const sum: Evidence = {
      fact: 'pg.database-stats',
      at: 'checksum_failures of all databases',
      actual: known.length === 0 ? '' : String(known.reduce((total, count) => total + count, 0)),
      expected: { en: '0', zh: '0' },
      sql: 'SELECT sum(checksum_failures) FROM pg_stat_database',
    };
    if (known.length === 0) {
      return undecided({ en: 'the server counts no checksum failures', zh: '服务器未提供校验失败计数' }, sum);
    }
    const damaged = databases.filter(({ checksumFailures }) => (checksumFailures ?? 0) > 0);
    if (damaged.length === 0) {
      return pass(
        {
          en: 'no checksum failure since the statistics were reset',
          zh: '经核查，统计周期内校验失败次数为 0，符合要求',
        },
        sum,
      );
    }
    const names = damaged.map(({ database }) => database ?? 'shared objects').join(', ');
    return fail({ en: `corrupt pages were met in ${names}`, zh: `经核查，${names} 存在数据页校验失败` }, sum, {
      fact: 'pg.database-stats',
      at: 'databases with failures',
      actual: psqlRows(damaged.map(({ database, checksumFailures }) => [database, checksumFailures])),
      expected: { en: 'none', zh: '无' },
      sql: 'SELECT datname, checksum_failures FROM pg_stat_database WHERE checksum_failures > 0 ORDER BY datname',
    });
  },
});
