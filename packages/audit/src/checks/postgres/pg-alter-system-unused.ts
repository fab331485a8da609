import { defineCheck, type SqlEvidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { psqlRows } from '../psql-output.ts';
import { settingEvidence } from '../setting-evidence.ts';

/** Settings that other checks call security: one of them here undoes what was reviewed. */
const securityPattern =
  '^(ssl|password_|scram_|krb_|log_|pgaudit|credcheck|auth_delay|set_user|hba_file|ident_file|listen_addresses|unix_socket_|row_security|shared_preload_libraries|session_preload_libraries|local_preload_libraries|fsync|full_page_writes|archive_|dynamic_library_path)';

export const pgAlterSystemUnused = defineCheck({
  id: 'pg-alter-system-unused',
  catalogue: ['ROLE-022'],
  title: { en: 'No setting is changed past the change process', zh: '未绕过变更流程使用 ALTER SYSTEM' },
  severity: 'medium',
  rationale: {
    en: 'postgresql.auto.conf overrides what was reviewed, on one member only, and Patroni does not know it. Who wrote it is not seen, only what stands there.',
    zh: 'postgresql.auto.conf 会覆盖经评审的配置，仅作用于单个成员，且 Patroni 不知情。本项只能看到其内容，无法得知由谁写入。',
  },
  remediation: {
    en: 'Move the settings to the managed configuration (of Patroni: patronictl edit-config), reset them here, and from version 17 on set allow_alter_system to off.',
    zh: '将参数迁移到受管配置（Patroni 使用 patronictl edit-config），在此处重置，17 及以上版本将 allow_alter_system 设为 off。',
  },
  fix: ['patronictl edit-config {cluster}', 'ALTER SYSTEM RESET ALL', 'allow_alter_system = off'],
  needs: ['pg.auto-settings', 'pg.settings'],
  params: {
    securityPattern,
    ignored: ['primary_conninfo', 'primary_slot_name', 'restore_command', 'recovery_target_timeline'],
  },
  evaluate({ 'pg.auto-settings': names, 'pg.settings': settings }, params) {
    const pattern = new RegExp(params.securityPattern, 'u');
    const found = names.filter((name) => !params.ignored.includes(name));
    const security = found.filter((name) => pattern.test(name));
    const others = found.filter((name) => !pattern.test(name));
    const evidence: SqlEvidence = {
      fact: 'pg.auto-settings',
      at: 'settings in postgresql.auto.conf',
      actual: psqlRows(names.map((name) => [name])),
      expected: { en: 'none', zh: '无' },
      sql: `SELECT DISTINCT name COLLATE "C" FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.auto.conf' AND name IS NOT NULL ORDER BY 1`,
    };
    const allow = settings['allow_alter_system']?.value;
    return verdictOf({
      complaints: [
        ...(security.length === 0
          ? []
          : [
              complaint(
                'fail',
                `ALTER SYSTEM overrides settings of security: ${nameList(security).en}`,
                `ALTER SYSTEM 覆盖了安全相关参数：${nameList(security).zh}`,
              ),
            ]),
        ...(others.length === 0
          ? []
          : [
              complaint(
                'warn',
                `ALTER SYSTEM has set ${nameList(others).en}`,
                `ALTER SYSTEM 设置了 ${nameList(others).zh}`,
              ),
            ]),
      ],
      good: {
        en: `postgresql.auto.conf holds no setting of an administrator${allow === 'off' ? ', and ALTER SYSTEM is off' : ''}`,
        zh: `postgresql.auto.conf 中没有人工设置的参数${allow === 'off' ? '，且已禁用 ALTER SYSTEM' : ''}`,
      },
      evidence: [
        evidence,
        ...(allow === undefined ? [] : [settingEvidence(settings, 'allow_alter_system', { en: 'off', zh: 'off' })]),
      ],
    });
  },
});
