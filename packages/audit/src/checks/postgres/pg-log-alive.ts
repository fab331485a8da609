import { defineCheck, notApplicable, type SqlEvidence } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { writesLogFiles } from '../log-destinations.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgLogAlive = defineCheck({
  id: 'pg-log-alive',
  catalogue: ['LOG-017'],
  title: { en: 'The log is being written', zh: '审计日志进程正常写入' },
  severity: 'high',
  rationale: {
    en: 'A collector that lost its folder or its disk drops records without a word; settings alone do not show it.',
    zh: '日志进程丢失目录或磁盘后会静默丢弃记录，仅看参数无法发现。',
  },
  remediation: {
    en: 'Look at the folder and its free space, then restart the server if its logging collector is gone.',
    zh: '检查日志目录及剩余空间，日志进程不存在时重启服务。',
  },
  fix: ['ls -ld {log_directory}', 'df {log_directory}', 'SELECT pg_rotate_logfile()'],
  needs: ['pg.settings', 'pg.log-files'],
  /** The auditor's own session writes a line where connections are logged. */
  params: { quietMinutes: 10 },
  evaluate({ 'pg.settings': settings, 'pg.log-files': { current, quietSeconds } }, { quietMinutes }) {
    const unproven = findUnprovenSettings(settings, ['logging_collector', 'log_destination', 'log_connections']);
    if (unproven !== undefined) return unproven;
    const collector = settingEvidence(settings, 'logging_collector', { en: 'on', zh: 'on' });
    if (!writesLogFiles(settings)) {
      return notApplicable(
        { en: 'the server writes no log files itself', zh: '服务器自身不写日志文件，本项不适用' },
        collector,
        settingEvidence(settings, 'log_destination', { en: 'a file destination', zh: '文件型目标' }),
      );
    }
    const connections = settings['log_connections']?.value ?? '';
    const isLogged = connections !== 'off' && connections !== '';
    const isQuiet = quietSeconds === null || quietSeconds > quietMinutes * 60;
    const file: SqlEvidence = {
      fact: 'pg.log-files',
      at: 'a file is written to',
      actual: current === null ? 'f' : 't',
      expected: { en: 't', zh: 't' },
      sql: 'SELECT pg_current_logfile() IS NOT NULL',
    };
    const recent: SqlEvidence = {
      fact: 'pg.log-files',
      at: `written within ${quietMinutes} minutes`,
      actual: isQuiet ? 'f' : 't',
      expected: { en: 't', zh: 't' },
      sql: `SELECT coalesce(max(modification) > clock_timestamp() - interval '${quietMinutes} min', false) FROM pg_ls_logdir()`,
    };
    const logged = settingEvidence(settings, 'log_connections', { en: 'on', zh: 'on' });
    return verdictOf({
      complaints: [
        ...(current === null
          ? [complaint('fail', 'the logging collector writes to no file', '日志进程没有正在写入的文件', file)]
          : []),
        ...(isQuiet && isLogged
          ? [
              complaint(
                'fail',
                `no log file was written to for ${quietMinutes} minutes, although the session of the auditor had to be logged`,
                `日志文件超过 ${quietMinutes} 分钟未写入，而本次审计会话本应产生日志`,
                recent,
                logged,
              ),
            ]
          : []),
      ],
      unknown:
        isQuiet && !isLogged
          ? [
              {
                en: 'no log file was written to lately, and connections are not logged, so that may be right',
                zh: '近期日志文件未写入，且未记录连接，无法区分是否正常',
              },
            ]
          : [],
      good: { en: `the log was written to within ${quietMinutes} minutes`, zh: `日志在 ${quietMinutes} 分钟内有写入` },
      evidence: [collector, file, recent],
    });
  },
});
