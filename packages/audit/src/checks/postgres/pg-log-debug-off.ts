import { defineCheck } from '../../check.ts';
import { judgeSettings, wants } from '../setting-verdict.ts';

export const pgLogDebugOff = defineCheck({
  id: 'pg-log-debug-off',
  catalogue: ['LOG-025'],
  title: { en: 'Debug output is off', zh: '调试输出已关闭' },
  severity: 'low',
  rationale: {
    en: 'Query trees and per-statement statistics bury audit records and can hold data of users.',
    zh: '查询树与逐语句统计会淹没审计记录，并可能泄露业务数据。',
  },
  remediation: { en: 'Reset the debug settings and reload.', zh: '重置各调试参数并重新加载配置。' },
  fix: [
    'ALTER SYSTEM RESET debug_print_parse',
    'ALTER SYSTEM RESET debug_print_rewritten',
    'ALTER SYSTEM RESET debug_print_plan',
    'ALTER SYSTEM RESET debug_pretty_print',
    'ALTER SYSTEM RESET log_statement_stats',
    'ALTER SYSTEM RESET log_parser_stats',
    'ALTER SYSTEM RESET log_planner_stats',
    'ALTER SYSTEM RESET log_executor_stats',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) =>
    judgeSettings(settings, [
      wants('debug_print_parse', 'off', 'warn'),
      wants('debug_print_rewritten', 'off', 'warn'),
      wants('debug_print_plan', 'off', 'warn'),
      wants('debug_pretty_print', 'on', 'warn'),
      wants('log_statement_stats', 'off', 'warn'),
      wants('log_parser_stats', 'off', 'warn'),
      wants('log_planner_stats', 'off', 'warn'),
      wants('log_executor_stats', 'off', 'warn'),
    ]),
});
