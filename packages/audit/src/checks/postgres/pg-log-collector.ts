import { defineCheck } from '../../check.ts';
import { judgeSettings, same, wants, type SettingRule } from '../setting-verdict.ts';
import { logDestinations } from '../log-destinations.ts';

export const pgLogCollector = defineCheck({
  id: 'pg-log-collector',
  catalogue: ['LOG-001'],
  title: { en: 'Logs are collected in a structured form', zh: '日志收集已启用且为结构化格式' },
  severity: 'high',
  rationale: {
    en: 'Without a collector or syslog, messages go to a stream nobody keeps; free text cannot be searched by field with certainty.',
    zh: '未启用日志收集器或 syslog 时，日志无人留存；纯文本日志难以按字段可靠检索和审计。',
  },
  remediation: {
    en: 'Set logging_collector = on (restart) and log_destination to csvlog or jsonlog (15 and later), or send to syslog.',
    zh: '将 logging_collector 设为 on（需重启），log_destination 设为 csvlog 或 jsonlog（15 及以上），或发送至 syslog。',
  },
  fix: [`ALTER SYSTEM SET logging_collector = 'on'`, `ALTER SYSTEM SET log_destination = 'csvlog'`],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const destinations = logDestinations(settings);
    const toSyslog = destinations.has('syslog') || destinations.has('eventlog');
    const structured = destinations.has('csvlog') || destinations.has('jsonlog');
    const rules: readonly SettingRule[] = [
      {
        name: 'log_destination',
        expected: { en: 'csvlog, jsonlog or syslog', zh: 'csvlog、jsonlog 或 syslog' },
        judge: () => (structured || toSyslog ? 'pass' : 'warn'),
      },
      {
        name: 'logging_collector',
        expected:
          toSyslog && !structured ? { en: 'any, as syslog keeps the log', zh: '任意（由 syslog 留存）' } : same('on'),
        judge: (value) => (value === 'on' || (toSyslog && !structured) ? 'pass' : 'fail'),
      },
    ];
    return judgeSettings(settings, [
      ...rules,
      ...(destinations.has('syslog')
        ? [wants('syslog_sequence_numbers', 'on', 'warn'), wants('syslog_split_messages', 'on', 'warn')]
        : []),
    ]);
  },
});
