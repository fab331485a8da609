import { defineCheck, fail, pass, warn } from '../../check.ts';
import { logDestinations } from '../log-destinations.ts';
import { logLinePrefixFields, type LogField } from '../log-line-prefix.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, same } from '../setting-verdict.ts';

const names: Readonly<Record<LogField, { readonly en: string; readonly zh: string }>> = {
  time: { en: 'time (%m)', zh: '时间（%m）' },
  pid: { en: 'process (%p)', zh: '进程号（%p）' },
  user: { en: 'user (%u)', zh: '用户（%u）' },
  database: { en: 'database (%d)', zh: '数据库（%d）' },
  host: { en: 'client address (%h)', zh: '客户端地址（%h）' },
  application: { en: 'application (%a)', zh: '应用名（%a）' },
  sqlstate: { en: 'SQLSTATE (%e)', zh: 'SQLSTATE（%e）' },
};
const required: readonly LogField[] = ['time', 'user'];
const wanted: readonly LogField[] = ['pid', 'database', 'host', 'application', 'sqlstate'];

export const pgLogFields = defineCheck({
  id: 'pg-log-fields',
  catalogue: ['LOG-007'],
  title: { en: 'Log records say when, who, where from and what', zh: '日志记录要素完整' },
  severity: 'high',
  rationale: {
    en: 'A record without time, user and client cannot be tied to a person or to other records.',
    zh: '缺少时间、用户、来源等要素的日志无法定位到人，也无法与其他记录关联。',
  },
  remediation: {
    en: 'Log to csvlog or jsonlog, which carry every field, or give log_line_prefix all of %m %p %u %d %h %a %e; keep log_error_verbosity at default or verbose.',
    zh: '使用 csvlog 或 jsonlog（自带全部字段），或在 log_line_prefix 中包含 %m %p %u %d %h %a %e；log_error_verbosity 保持 default 或 verbose。',
  },
  fix: [`ALTER SYSTEM SET log_line_prefix = '%m [%p] %q%u@%d app=%a client=%h %e '`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const checked = ['log_destination', 'log_line_prefix', 'log_error_verbosity', 'logging_collector'];
    const unproven = findUnprovenSettings(settings, checked);
    if (unproven !== undefined) return unproven;

    const destinations = logDestinations(settings);
    const structured =
      settings['logging_collector']?.value === 'on' && (destinations.has('csvlog') || destinations.has('jsonlog'));
    const verbosity = settingEvidence(settings, 'log_error_verbosity', {
      en: 'default or verbose',
      zh: 'default 或 verbose',
    });
    const destination = settingEvidence(settings, 'log_destination', {
      en: 'csvlog or jsonlog',
      zh: 'csvlog 或 jsonlog',
    });
    const prefix = settingEvidence(settings, 'log_line_prefix', same('%m %p %u %d %h %a %e'));
    const evidence = structured ? [destination, verbosity] : [destination, prefix, verbosity];

    // A syslog daemon stamps time and process on every line itself.
    const onlySyslog = [...destinations].every((word) => word === 'syslog' || word === 'eventlog');
    const fields = new Set<LogField>([
      ...logLinePrefixFields(prefix.actual),
      ...(onlySyslog ? (['time', 'pid'] as const) : []),
    ]);
    const lacks = (list: readonly LogField[]) => (structured ? [] : list.filter((field) => !fields.has(field)));
    const missing = [...lacks(required), ...lacks(wanted)];
    const terse = verbosity.actual === 'terse';
    if (missing.length === 0 && !terse) {
      return pass(
        structured
          ? {
              en: `${destination.actual} carries every field`,
              zh: `经核查，日志格式为 ${destination.actual}，字段齐全，符合要求`,
            }
          : {
              en: `log_line_prefix '${prefix.actual}' names every field`,
              zh: `经核查，log_line_prefix 为“${prefix.actual}”，要素齐全，符合要求`,
            },
        ...evidence,
      );
    }
    const reason = {
      en: [
        ...(missing.length > 0 ? [`log lines lack ${missing.map((field) => names[field].en).join(', ')}`] : []),
        ...(terse ? ['log_error_verbosity terse drops details and statements'] : []),
      ].join('; '),
      zh: `经核查，${[
        ...(missing.length > 0 ? [`日志缺少${missing.map((field) => names[field].zh).join('、')}`] : []),
        ...(terse ? ['log_error_verbosity 为 terse，省略了详细信息'] : []),
      ].join('；')}`,
    };
    return lacks(required).length > 0 ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
