import { defineCheck } from '../../check.ts';
import { judgeSettings, wants } from '../setting-verdict.ts';

export const pgLogDisconnections = defineCheck({
  id: 'pg-log-disconnections',
  catalogue: ['LOG-003'],
  title: { en: 'The end of every session is logged', zh: '会话结束已记录' },
  severity: 'medium',
  rationale: {
    en: 'Only a logged end tells how long a session lasted, and so what it may have done.',
    zh: '只有记录会话结束时间，才能确定会话时长及其可能的操作范围。',
  },
  remediation: { en: 'Set log_disconnections = on and reload.', zh: '将 log_disconnections 设为 on 并重新加载配置。' },
  fix: [`ALTER SYSTEM SET log_disconnections = 'on'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate: ({ 'pg.settings': settings }) => judgeSettings(settings, [wants('log_disconnections', 'on', 'fail')]),
});
