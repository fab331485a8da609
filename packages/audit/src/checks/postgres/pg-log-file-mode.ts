import { defineCheck, notApplicable } from '../../check.ts';
import { writesLogFiles } from '../log-destinations.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings, judgeSettings, type SettingRule } from '../setting-verdict.ts';

/** Owner may read and write, the group may read, others nothing, nobody executes. */
const logFileMode = 0o640;
const directoryMode = 0o750;

const within =
  (allowed: number) =>
  (value: string): 'pass' | 'fail' =>
    /^[0-7]+$/u.test(value) && (Number.parseInt(value, 8) & ~allowed) === 0 ? 'pass' : 'fail';

export const pgLogFileMode = defineCheck({
  id: 'pg-log-file-mode',
  catalogue: ['LOG-011'],
  title: { en: 'The server creates log files closed to others', zh: '日志文件权限受限' },
  severity: 'high',
  rationale: {
    en: 'Logs hold statements with data and, at times, passwords; whoever may write them may also erase a trace.',
    zh: '日志中可能包含业务数据甚至口令；具备写权限者还可篡改或删除审计痕迹。',
  },
  remediation: {
    en: 'Set log_file_mode to 0600, or 0640 for a shipping agent in the group; correct existing files and an external log directory with chmod on the node.',
    zh: '将 log_file_mode 设为 0600（日志采集程序需读取时可为 0640），并在节点上用 chmod 修正已有文件及外部日志目录的权限。',
  },
  fix: [`ALTER SYSTEM SET log_file_mode = '0600'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings'],
  params: {},
  evaluate({ 'pg.settings': settings }) {
    const unproven = findUnprovenSettings(settings, ['logging_collector', 'log_destination', 'log_directory']);
    if (unproven !== undefined) return unproven;
    if (!writesLogFiles(settings)) {
      return notApplicable(
        { en: 'the server writes no log files itself', zh: '服务器自身不写日志文件，本项不适用' },
        settingEvidence(settings, 'logging_collector', { en: 'on', zh: 'on' }),
        settingEvidence(settings, 'log_destination', { en: 'a file destination', zh: '文件型目标' }),
      );
    }
    const mode: SettingRule = {
      name: 'log_file_mode',
      expected: { en: '0600 or 0640', zh: '0600 或 0640' },
      judge: within(logFileMode),
    };
    const directory: SettingRule = {
      name: 'data_directory_mode',
      expected: { en: '0700 or 0750, as the log directory lies inside', zh: '0700 或 0750（日志目录位于其中）' },
      judge: within(directoryMode),
    };
    // A relative log directory lies in the data directory, whose mode the server knows since version 11.
    const inside = !(settings['log_directory']?.value ?? '').startsWith('/');
    return judgeSettings(
      settings,
      inside && settings['data_directory_mode'] !== undefined ? [mode, directory] : [mode],
    );
  },
});
