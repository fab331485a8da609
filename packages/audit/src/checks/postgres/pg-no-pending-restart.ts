import { defineCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { hidesSettings } from '../setting-verdict.ts';

export const pgNoPendingRestart = defineCheck({
  id: 'pg-no-pending-restart',
  catalogue: ['HA-011'],
  title: { en: 'No changed setting waits for a restart', zh: '无待重启生效的参数' },
  severity: 'medium',
  rationale: {
    en: 'The files say one thing and the server does another; the next unplanned restart changes behaviour nobody tested.',
    zh: '配置文件与运行值不一致，下次非计划重启会引入未经验证的行为变化。',
  },
  remediation: {
    en: 'Restart the member in a maintenance window, replicas first (patronictl restart), or take the change back.',
    zh: '在维护窗口重启该成员（先备库，可用 patronictl restart），或撤回变更。',
  },
  fix: ['patronictl restart {cluster} {member} --pending', 'pg_ctl restart -D {data directory}'],
  needs: ['pg.settings'],
  /** Settings whose waiting change weakens or withholds a protection. */
  params: {
    securitySettings: [
      'allow_alter_system',
      'archive_mode',
      'listen_addresses',
      'logging_collector',
      'shared_preload_libraries',
      'ssl',
      'unix_socket_directories',
      'unix_socket_group',
      'unix_socket_permissions',
      'wal_level',
      'wal_log_hints',
    ] as readonly string[],
  },
  evaluate({ 'pg.settings': settings }, { securitySettings }) {
    const pending = Object.keys(settings)
      .filter((name) => settings[name]?.pendingRestart === true)
      .toSorted();
    const count: Evidence = {
      fact: 'pg.settings',
      at: 'settings waiting for a restart',
      actual: String(pending.length),
      expected: { en: '0', zh: '0' },
      sql: 'SELECT count(*) FROM pg_settings WHERE pending_restart',
    };
    if (pending.length === 0 && hidesSettings(settings)) {
      return undecided(
        {
          en: 'no visible setting waits for a restart, but the audit role does not see all of them; grant pg_monitor',
          zh: '可见参数中无待重启生效项，但审计账号无法读取全部参数，无法判定，请授予 pg_monitor',
        },
        count,
      );
    }
    if (pending.length === 0) {
      return pass({ en: 'no setting waits for a restart', zh: '经核查，无待重启生效的参数，符合要求' }, count);
    }
    const names: Evidence = {
      fact: 'pg.settings',
      at: 'their names',
      actual: pending.join('\n'),
      expected: { en: 'none', zh: '无' },
      sql: 'SELECT name FROM pg_settings WHERE pending_restart ORDER BY name COLLATE "C"',
    };
    const security = pending.filter((name) => securitySettings.includes(name));
    return security.length > 0
      ? fail(
          {
            en: `a security setting waits for a restart: ${security.join(', ')}`,
            zh: `经核查，安全相关参数 ${security.join('、')} 已修改但需重启后生效`,
          },
          count,
          names,
        )
      : warn(
          {
            en: `waiting for a restart: ${pending.join(', ')}`,
            zh: `经核查，参数 ${pending.join('、')} 已修改但需重启后生效`,
          },
          count,
          names,
        );
  },
});
