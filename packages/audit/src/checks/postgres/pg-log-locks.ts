import { defineCheck } from '../../check.ts';
import { judgeSettings, serverVersionNum, wants, type SettingRule } from '../setting-verdict.ts';

/** -1 switches it off; any other number is a threshold at or above which it is logged. */
const switchedOn = (name: string, en: string, zh: string): SettingRule => ({
  name,
  expected: { en, zh },
  judge: (value) => (Number(value) >= 0 && value !== '' ? 'pass' : 'warn'),
});

export const pgLogLocks = defineCheck({
  id: 'pg-log-locks',
  catalogue: ['LOG-027'],
  title: {
    en: 'Lock waits, checkpoints, temporary files and autovacuum are logged',
    zh: '锁等待、检查点、临时文件等事件已记录',
  },
  severity: 'low',
  rationale: {
    en: 'These events explain why the service was slow or stopped; afterwards they cannot be reconstructed.',
    zh: '此类事件可解释服务变慢或中断的原因，事后无法还原。',
  },
  remediation: {
    en: 'Turn log_checkpoints, log_lock_waits and (18) log_lock_failures on and give log_temp_files and log_autovacuum_min_duration a threshold.',
    zh: '开启 log_checkpoints、log_lock_waits 及（18 版本）log_lock_failures，并为 log_temp_files、log_autovacuum_min_duration 设置阈值。',
  },
  fix: [
    `ALTER SYSTEM SET log_checkpoints = 'on'`,
    `ALTER SYSTEM SET log_lock_waits = 'on'`,
    `ALTER SYSTEM SET log_temp_files = '1MB'`,
    `ALTER SYSTEM SET log_autovacuum_min_duration = '10min'`,
    `ALTER SYSTEM SET log_lock_failures = 'on'`,
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) =>
    judgeSettings(settings, [
      wants('log_checkpoints', 'on', 'warn'),
      wants('log_lock_waits', 'on', 'warn'),
      switchedOn('log_temp_files', '0 or a size in kB', '0 或阈值（kB）'),
      switchedOn('log_autovacuum_min_duration', '0 or a time in ms', '0 或阈值（毫秒）'),
      ...(serverVersionNum(settings) >= 180000 ? [wants('log_lock_failures', 'on', 'warn')] : []),
    ]),
});
