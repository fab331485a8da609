import { defineCheck } from '../../check.ts';
import { judgeSettings } from '../setting-verdict.ts';

export const pgLogTimezoneUtc = defineCheck({
  id: 'pg-log-timezone-utc',
  catalogue: ['LOG-008'],
  title: { en: 'Log times are in UTC', zh: '日志时间使用 UTC' },
  severity: 'medium',
  rationale: {
    en: 'Local time repeats an hour every autumn and hides order when logs of several sites are put side by side.',
    zh: '各节点时区不一致或存在夏令时会导致多源日志的先后顺序无法判定。',
  },
  remediation: {
    en: 'Set log_timezone = UTC on every member and reload.',
    zh: '在每个成员上将 log_timezone 设为 UTC 并重新加载配置；若制度要求使用当地时区，可调整参数 zones。',
  },
  fix: [`ALTER SYSTEM SET log_timezone = 'UTC'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  /** Names that mean UTC; an organisation may add its own zone here. */
  params: {
    zones: ['UTC', 'Etc/UTC', 'UCT', 'Etc/UCT', 'GMT', 'Etc/GMT', 'Zulu', 'Etc/Zulu', 'Universal', 'Etc/Universal'],
  },
  evaluate: ({ 'pg.settings': settings }, { zones }) =>
    judgeSettings(settings, [
      {
        name: 'log_timezone',
        expected: { en: zones[0] ?? 'UTC', zh: zones[0] ?? 'UTC' },
        judge: (value) => (zones.includes(value) ? 'pass' : 'warn'),
      },
    ]),
});
