import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgArchivingConfigured = defineCheck({
  id: 'pg-archiving-configured',
  catalogue: ['BKP-005'],
  title: { en: 'WAL is archived', zh: '已配置 WAL 归档' },
  severity: 'critical',
  rationale: {
    en: 'Without archived WAL a backup restores one moment of the past, and everything since is lost.',
    zh: '未归档 WAL 时仅能恢复到备份时刻，其后数据全部丢失。',
  },
  remediation: {
    en: 'Switch archive_mode on and archive through pgBackRest on every member.',
    zh: '在各成员启用 archive_mode 并通过 pgBackRest 归档。',
  },
  fix: [
    "ALTER SYSTEM SET archive_mode = 'on'",
    "ALTER SYSTEM SET archive_command = 'pgbackrest --stanza={stanza} archive-push %p'",
  ],
  needs: ['pg.settings'],
  params: { tools: ['pgbackrest', 'wal-g', 'barman', 'wal-push'] },
  evaluate({ 'pg.settings': settings }, { tools }) {
    const value = (name: string): string => settings[name]?.value ?? '';
    const mode = settingEvidence(settings, 'archive_mode', { en: 'on or always', zh: 'on 或 always' });
    const [command, library] = [value('archive_command'), value('archive_library')];
    const name = library === '' ? 'archive_command' : 'archive_library';
    // A command may hold a password: what is shown is whether it calls a known tool.
    const shown = {
      fact: 'pg.settings',
      at: `${name} calls a known tool`,
      sql: `SELECT setting ~ '${tools.join('|')}' FROM pg_settings WHERE name = '${name}'`,
      actual: tools.some((tool) => value(name).includes(tool)) ? 't' : 'f',
      expected: { en: 't', zh: 't' },
    } as const;
    const isEmpty =
      library === '' && /^\s*(?:|\(disabled\)|(?:\/bin\/|\/usr\/bin\/)?true|:|cd \.|exit 0)\s*$/.test(command);
    return verdictOf({
      complaints: !['on', 'always'].includes(value('archive_mode'))
        ? [complaint('fail', 'archive_mode is off', 'archive_mode 未启用', mode)]
        : isEmpty
          ? [complaint('fail', 'WAL is thrown away instead of archived', 'archive_command 未实际归档', shown)]
          : shown.actual === 'f'
            ? [complaint('warn', `${name} calls no tool that is known`, `${name} 未使用已知归档工具`, shown)]
            : [],
      good: { en: 'WAL is archived by a known tool', zh: '已通过归档工具归档 WAL' },
      evidence: [mode, shown],
    });
  },
});
