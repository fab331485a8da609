import { defineClusterCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const backupVerified = defineClusterCheck({
  id: 'backup-verified',
  catalogue: ['BKP-014'],
  title: { en: 'The repository is verified', zh: '备份仓库定期校验' },
  severity: 'medium',
  rationale: {
    en: 'Backups rot on disks too; verify reads every file and every WAL segment before they are needed.',
    zh: '存储介质同样会损坏备份，校验可在需要恢复前发现问题。',
  },
  remediation: {
    en: 'Schedule pgbackrest verify weekly on one member.',
    zh: '在一个成员上每周执行 pgbackrest verify。',
  },
  fix: ['pgbackrest --stanza={stanza} verify'],
  needs: ['node.pgbackrest-local-state'],
  members: 'partial',
  params: { warnDays: 7, failDays: 30 },
  evaluate({ 'node.pgbackrest-local-state': states }, { warnDays, failDays }, { at }) {
    const runs = seenMembers(states)
      .flatMap(({ member, value }) =>
        value.lastVerify === null
          ? []
          : [{ member, run: value.lastVerify, endedSeconds: value.lastVerify.endedSeconds ?? 0 }],
      )
      .toSorted((a, b) => b.endedSeconds - a.endedSeconds);
    const evidence = seenMembers(states).map(({ member, value }) =>
      nodeEvidence(
        'node.pgbackrest-local-state',
        'last verify by the log',
        `cat ${shellWord(value.logPath)}/*-verify.log 2>/dev/null | grep 'verify command end' | tail -n 1 | grep -oE 'completed successfully|aborted with exception' || true`,
        value.lastVerify === null || value.lastVerify.outcome === 'unfinished'
          ? ''
          : value.lastVerify.outcome === 'success'
            ? 'completed successfully'
            : 'aborted with exception',
        { en: `completed successfully, within ${warnDays} days`, zh: `${warnDays} 天内成功完成` },
        member,
      ),
    );
    const [last] = runs;
    const days = last === undefined ? undefined : (Date.parse(at) / 1000 - last.endedSeconds) / 86_400;
    return verdictOf({
      complaints:
        last === undefined || days === undefined
          ? [complaint('warn', 'no verify of the repository is on record', '无仓库校验记录', ...evidence)]
          : last.run.outcome === 'failed'
            ? [
                complaint(
                  'fail',
                  `the last verify failed (${last.run.exitCode ?? '?'})`,
                  `最近一次校验失败（${last.run.exitCode ?? '?'}）`,
                  ...evidence,
                ),
              ]
            : days > warnDays
              ? [
                  complaint(
                    days > failDays ? 'fail' : 'warn',
                    `the last verify is ${Math.floor(days)} days old`,
                    `最近一次校验距今 ${Math.floor(days)} 天`,
                    ...evidence,
                  ),
                ]
              : [],
      unknown:
        last?.run.outcome === 'unfinished' ? [{ en: 'the last verify has not ended', zh: '最近一次校验尚未结束' }] : [],
      good: { en: 'the repository was verified lately', zh: '仓库近期已校验' },
      evidence,
    });
  },
});
