import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const nodeBackupLogShipped = defineCheck({
  id: 'node-backup-log-shipped',
  scope: 'node',
  catalogue: ['BKP-022'],
  title: { en: 'What backups and restores do is recorded elsewhere', zh: '备份与恢复操作日志集中留存' },
  severity: 'medium',
  rationale: {
    en: 'A restore reads everything past all access control, and an expired backup is gone; the only trace is a log on the node itself.',
    zh: '恢复操作可绕过访问控制读取全部数据，过期删除不可逆，而唯一痕迹是本机日志。',
  },
  remediation: {
    en: 'Let the log collector of the node read the logs of pgBackRest too, and keep log-level-file at info or above.',
    zh: '由本机日志采集器采集 pgBackRest 日志，log-level-file 不低于 info。',
  },
  fix: [
    '[global]\nlog-level-file=detail',
    'vector: sources: {pgbackrest: {type: file, include: [/pg/log/pgbackrest/*.log]}}',
  ],
  needs: ['node.backup-log'],
  params: {},
  evaluate({ 'node.backup-log': log }) {
    if (!log.isConfigured) {
      return notApplicable({ en: 'this node has no pgBackRest', zh: '该节点没有 pgBackRest，本项不适用' });
    }
    const { logPath, isWritten, collectedBy, looked, denied, running } = log;
    const evidence = [
      nodeEvidence(
        'node.backup-log',
        'configurations of log collectors that name the logs of pgBackRest',
        looked.length === 0
          ? 'echo'
          : `awk '!/^[[:space:]]*(#|\\/\\/|;)/ && (index($0, "${logPath}") || /pgbackrest/) { print FILENAME }' ${looked.map(shellWord).join(' ')} | uniq`,
        collectedBy.join('\n'),
        { en: 'one at least', zh: '至少一个' },
      ),
      nodeEvidence(
        'node.backup-log',
        'log collectors that run',
        `ps -e -o comm= | grep -xE 'vector|promtail|alloy|filebeat|fluent-bit|fluentd|td-agent|rsyslogd|syslog-ng|otelcol|vlagent' | LC_ALL=C sort -u`,
        running.join('\n'),
        { en: 'one at least', zh: '至少一个' },
      ),
    ];
    const complaints = [
      ...(isWritten
        ? []
        : [
            complaint(
              'warn',
              'pgBackRest writes no log (log-level-file=off)',
              'pgBackRest 未写日志（log-level-file=off）',
            ),
          ]),
      ...(collectedBy.length > 0
        ? []
        : [complaint('warn', `no log collector reads ${logPath}`, `没有日志采集器采集 ${logPath}`)]),
      ...(collectedBy.length > 0 && running.length === 0
        ? [complaint('warn', 'a log collector is configured and none runs', '日志采集器已配置但未运行')]
        : []),
    ];
    return verdictOf({
      complaints,
      unknown:
        collectedBy.length === 0 && isWritten
          ? denied.map((path) => ({ en: `${path} may not be read`, zh: `无权读取 ${path}` }))
          : [],
      good: {
        en: `${running.join(', ')} ships ${logPath} (${collectedBy[0] ?? ''})`,
        zh: `${running.join('、')} 采集 ${logPath}（${collectedBy[0] ?? ''}）`,
      },
      evidence,
    });
  },
});
