import { defineCheck, pass } from '../../check.ts';
import { pgauditClasses } from '../pgaudit.ts';
import { loadsLibrary } from '../preload.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, judgeSettings } from '../setting-verdict.ts';

export const pgLogStatementDdl = defineCheck({
  id: 'pg-log-statement-ddl',
  catalogue: ['LOG-004'],
  title: { en: 'Changes to structure and rights are logged', zh: '结构与权限变更语句已记录' },
  severity: 'high',
  rationale: {
    en: 'CREATE, ALTER, DROP, GRANT and REVOKE change what can be done and by whom; each must leave a trace.',
    zh: 'CREATE、ALTER、DROP、GRANT、REVOKE 会改变权限和结构，每一次都应留有审计记录。',
  },
  remediation: {
    en: 'Set log_statement = ddl (or mod, all), or log the class ddl with pgaudit.',
    zh: '将 log_statement 设为 ddl（或 mod、all），或通过 pgaudit 记录 ddl 类操作。',
  },
  fix: [`ALTER SYSTEM SET log_statement = 'ddl'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    if (findUnprovenSettings(settings, ['shared_preload_libraries', 'pgaudit.log']) === undefined) {
      const classes = pgauditClasses(settings['pgaudit.log']?.value ?? '');
      if (loadsLibrary(settings, 'pgaudit') && classes.has('ddl') && classes.has('role')) {
        const expected = { en: 'holds ddl and role', zh: '包含 ddl 和 role' };
        const evidence = settingEvidence(settings, 'pgaudit.log', expected);
        return pass(
          { en: `pgaudit logs ${evidence.actual}`, zh: `经核查，pgaudit 已记录 ${evidence.actual} 类操作，符合要求` },
          evidence,
          settingEvidence(settings, 'shared_preload_libraries', { en: 'holds pgaudit', zh: '包含 pgaudit' }),
        );
      }
    }
    return judgeSettings(settings, [
      {
        name: 'log_statement',
        expected: { en: 'ddl, mod or all', zh: 'ddl、mod 或 all' },
        judge: (value) => (['ddl', 'mod', 'all'].includes(value) ? 'pass' : 'fail'),
      },
    ]);
  },
});
