import { defineClusterCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const backupScheduled = defineClusterCheck({
  id: 'backup-scheduled',
  catalogue: ['BKP-017'],
  title: { en: 'Every member has a backup schedule', zh: '各成员均配置备份计划' },
  severity: 'medium',
  rationale: {
    en: 'A schedule on one member alone ends with the next failover.',
    zh: '仅在单个成员配置计划，切换后备份即中断。',
  },
  remediation: {
    en: 'Put the same schedule on every member; the wrapper runs on the primary only.',
    zh: '在各成员配置相同计划，由包装脚本判断仅在主库执行。',
  },
  fix: ['echo "00 01 * * * /pg/bin/pg-backup full" | crontab -u postgres -'],
  needs: ['node.backup-schedule'],
  members: 'complete',
  params: {},
  evaluate({ 'node.backup-schedule': schedules }) {
    const members = seenMembers(schedules);
    const evidence = members.map(({ member, value }) =>
      nodeEvidence(
        'node.backup-schedule',
        'lines that start a backup',
        `grep -hE '^[^#]*(pg-backup|pgbackrest.* backup)' ${value.files.length === 0 ? '/dev/null' : value.files.map(shellWord).join(' ')} 2>/dev/null | grep -c . || true`,
        String(value.entries.length),
        { en: '1 or more', zh: '不少于 1' },
        member,
      ),
    );
    const without = members.filter(({ value }) => value.entries.length === 0).map(({ member }) => member);
    const noFull = members
      .filter(
        ({ value }) => value.entries.length > 0 && value.entries.every(({ type }) => type !== 'full' && type !== null),
      )
      .map(({ member }) => member);
    return verdictOf({
      complaints: [
        ...(without.length > 0
          ? [
              complaint(
                'fail',
                `${without.join(', ')} has no backup schedule`,
                `${without.join('、')} 未配置备份计划`,
                ...evidence,
              ),
            ]
          : []),
        ...(noFull.length > 0
          ? [
              complaint(
                'warn',
                `${noFull.join(', ')} never takes a full backup`,
                `${noFull.join('、')} 未计划全量备份`,
                ...evidence,
              ),
            ]
          : []),
      ],
      good: { en: `${members.length} members have a backup schedule`, zh: `${members.length} 个成员均配置备份计划` },
      evidence,
    });
  },
});
