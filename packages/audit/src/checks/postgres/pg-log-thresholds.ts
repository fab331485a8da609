import { defineCheck } from '../../check.ts';
import { judgeSettings, type Level } from '../setting-verdict.ts';

const debug: readonly string[] = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'debug'];
/** For the server log LOG ranks above ERROR, so the threshold `log` drops errors too (PostgreSQL docs 19.8.2). */
const losesErrors: readonly string[] = ['log', 'fatal', 'panic'];

const upTo =
  (level: 'warning' | 'error') =>
  (value: string): Level => {
    if (losesErrors.includes(value)) return 'fail';
    return value === 'error' && level === 'warning' ? 'warn' : 'pass';
  };

export const pgLogThresholds = defineCheck({
  id: 'pg-log-thresholds',
  catalogue: ['LOG-010'],
  title: { en: 'Errors and warnings reach the log', zh: '日志级别可记录错误与告警' },
  severity: 'medium',
  rationale: {
    en: 'A threshold above error drops failed logins, refused statements and I/O errors from the log.',
    zh: '日志级别高于 error 时，登录失败、越权被拒及读写错误等事件将不被记录。',
  },
  remediation: {
    en: 'Set log_min_messages to warning, log_min_error_statement to error and client_min_messages to notice.',
    zh: '将 log_min_messages 设为 warning，log_min_error_statement 设为 error，client_min_messages 设为 notice。',
  },
  fix: [
    `ALTER SYSTEM SET log_min_messages = 'warning'`,
    `ALTER SYSTEM SET log_min_error_statement = 'error'`,
    `ALTER SYSTEM SET client_min_messages = 'notice'`,
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) =>
    judgeSettings(settings, [
      {
        name: 'log_min_messages',
        expected: { en: 'warning or more detailed', zh: 'warning 或更详细' },
        judge: upTo('warning'),
      },
      {
        name: 'log_min_error_statement',
        expected: { en: 'error or more detailed', zh: 'error 或更详细' },
        judge: upTo('error'),
      },
      {
        name: 'client_min_messages',
        expected: { en: 'notice, warning or error', zh: 'notice、warning 或 error' },
        // For clients LOG ranks just above DEBUG: both send server internals to every client.
        judge: (value) => (value === 'log' || debug.includes(value) ? 'warn' : 'pass'),
      },
    ]),
});
