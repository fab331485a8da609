import { defineCheck } from '../../check.ts';
import { judgeSettings, serverVersionNum, wants } from '../setting-verdict.ts';

export const pgDurabilityKept = defineCheck({
  id: 'pg-durability-kept',
  catalogue: ['INT-003'],
  title: { en: 'Committed data survives a crash, and damage is not ignored', zh: '持久性参数未被弱化' },
  severity: 'critical',
  rationale: {
    en: 'fsync or full_page_writes off can destroy the whole cluster at the next power cut; the ignore switches hide damage and spread it.',
    zh: '关闭 fsync 或 full_page_writes 在断电时可能导致整库损坏；忽略损坏类参数会掩盖并扩散数据损坏。',
  },
  remediation: {
    en: 'Reset these settings; correct them in the Patroni dynamic configuration where it manages them.',
    zh: '将上述参数恢复为安全值；由 Patroni 管理的集群应在动态配置中修改。',
  },
  fix: [
    'ALTER SYSTEM RESET fsync',
    'ALTER SYSTEM RESET full_page_writes',
    'ALTER SYSTEM RESET synchronous_commit',
    'ALTER SYSTEM RESET zero_damaged_pages',
    'ALTER SYSTEM RESET ignore_checksum_failure',
    'ALTER SYSTEM RESET ignore_invalid_pages',
    'ALTER SYSTEM RESET data_sync_retry',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const version = serverVersionNum(settings);
    return judgeSettings(settings, [
      wants('fsync', 'on', 'fail'),
      wants('full_page_writes', 'on', 'fail'),
      wants('zero_damaged_pages', 'off', 'fail'),
      wants('ignore_checksum_failure', 'off', 'fail'),
      ...(version >= 130000 ? [wants('ignore_invalid_pages', 'off', 'fail')] : []),
      // A second fsync after a failed one succeeds on Linux although the data is gone; the switch exists since 12,
      // and in the minor releases of early 2019 of older versions.
      ...(version >= 120000 ? [wants('data_sync_retry', 'off', 'warn')] : []),
      {
        name: 'synchronous_commit',
        expected: { en: 'anything but off', zh: '不为 off' },
        judge: (value) => (value === 'off' ? 'warn' : 'pass'),
      },
    ]);
  },
});
