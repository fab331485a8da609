import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgDeveloperSettingsSafe = defineCheck({
  id: 'pg-developer-settings-safe',
  catalogue: ['CHG-006'],
  title: { en: 'Developer settings are at their safe values', zh: '开发调试类参数处于安全值' },
  severity: 'medium',
  rationale: {
    en: 'These settings switch safeguards off; they are for people who develop PostgreSQL, on machines without data.',
    zh: '此类参数会关闭保护机制，仅供在无数据环境开发 PostgreSQL 使用。',
  },
  remediation: {
    en: 'Reset them to their defaults through the dynamic configuration of Patroni.',
    zh: '通过 Patroni 动态配置恢复默认值。',
  },
  fix: ['patronictl edit-config {cluster} --pg {setting}=null'],
  needs: ['pg.settings'],
  params: {
    fail: [
      'allow_system_table_mods=off',
      'session_replication_role=origin',
      'row_security=on',
      'pre_auth_delay=0',
      'post_auth_delay=0',
      'ignore_system_indexes=off',
    ],
    warn: [
      'jit_debugging_support=off',
      'jit_profiling_support=off',
      'log_statement_stats=off',
      'log_parser_stats=off',
      'log_planner_stats=off',
      'log_executor_stats=off',
      'event_triggers=on',
    ],
  },
  evaluate({ 'pg.settings': settings }, { fail: mustHold, warn: shouldHold }) {
    const read = (rule: string) => {
      const [name = '', wanted = ''] = rule.split('=');
      const value = settings[name]?.value;
      return { name, wanted, value, shown: settingEvidence(settings, name, { en: wanted, zh: wanted }) };
    };
    const levels = [
      ...mustHold.map((rule) => ({ level: 'fail' as const, ...read(rule) })),
      ...shouldHold.map((rule) => ({ level: 'warn' as const, ...read(rule) })),
    ];
    // A setting that this version does not have cannot be wrong.
    const known = levels.filter(({ value }) => value !== undefined);
    return verdictOf({
      complaints: known
        .filter(({ value, wanted }) => value !== wanted)
        .map(({ level, name, value, shown }) =>
          complaint(level, `${name} is ${value ?? ''}`, `${name} 为 ${value ?? ''}`, shown),
        ),
      unknown: known.length === 0 ? [{ en: 'the server told none of these settings', zh: '未取得相关参数' }] : [],
      good: { en: `${known.length} developer settings are safe`, zh: `${known.length} 个参数均为安全值` },
      evidence: known.map(({ shown }) => shown),
    });
  },
});
