import { defineCheck } from '../../check.ts';
import { withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const nodeBackupWalNotDropped = defineCheck({
  id: 'node-backup-wal-not-dropped',
  scope: 'node',
  catalogue: ['BKP-008'],
  title: { en: 'WAL cannot be dropped in silence', zh: 'WAL 不会被静默丢弃' },
  severity: 'medium',
  rationale: {
    en: 'Beyond archive-push-queue-max pgBackRest throws WAL away and tells PostgreSQL that it was archived.',
    zh: '超过 archive-push-queue-max 后，pgBackRest 会丢弃 WAL 并报告归档成功。',
  },
  remediation: {
    en: 'Remove the limit, or make it larger than the longest outage that you accept, and alert on the disk.',
    zh: '取消该限制或设置为大于可接受中断时长的值，并对磁盘告警。',
  },
  fix: [
    "sed -i '/archive-push-queue-max/d' /etc/pgbackrest/pgbackrest.conf",
    'pgbackrest --stanza={stanza} --type=full backup',
  ],
  needs: ['node.pgbackrest-config', 'node.pgbackrest-local-state'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config, 'node.pgbackrest-local-state': state }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const item = nodeEvidence(
      'node.pgbackrest-config',
      'lines with archive-push-queue-max',
      `grep -cE '^ *archive-push-queue-max *=' ${shellWord(config.path)} || true`,
      config.queueMaxBytes === null ? '0' : '1',
      { en: '0', zh: '0' },
    );
    const log = nodeEvidence(
      'node.pgbackrest-local-state',
      'WAL that was dropped',
      `cat ${shellWord(`${state.logPath}/${config.stanza}-archive-push-async.log`)} 2>/dev/null | tail -c 1048576 | grep -c 'dropped WAL file' || true`,
      String(state.droppedWal),
      { en: '0', zh: '0' },
    );
    return verdictOf({
      complaints: [
        ...(state.droppedWal > 0
          ? [
              complaint(
                'fail',
                `WAL was dropped ${state.droppedWal} times; recovery has a gap`,
                `WAL 已被丢弃 ${state.droppedWal} 次，恢复存在缺口`,
                log,
              ),
            ]
          : []),
        ...(config.queueMaxBytes === null
          ? []
          : [
              complaint(
                'warn',
                `WAL beyond ${Math.round(config.queueMaxBytes / 2 ** 20)} MiB would be dropped`,
                `积压超过 ${Math.round(config.queueMaxBytes / 2 ** 20)} MiB 的 WAL 将被丢弃`,
                item,
              ),
            ]),
      ],
      good: { en: 'WAL waits until it is archived', zh: 'WAL 在归档前不会被丢弃' },
      evidence: [item, log],
    });
  },
});
