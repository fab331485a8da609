import { defineClusterCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { nodeEvidence } from '../node-evidence.ts';

type TimeSync = FactMap['node.time-sync'];

export const clusterTimeSynchronized = defineClusterCheck({
  id: 'cluster-time-synchronized',
  catalogue: ['OS-008'],
  title: { en: 'The clocks of all nodes are synchronised', zh: '各节点时钟同步' },
  severity: 'high',
  rationale: {
    en: 'Leases, recovery to a point in time and every log that is compared across nodes rest on one time.',
    zh: '租约、时间点恢复以及跨节点日志比对均依赖统一的时钟。',
  },
  remediation: {
    en: 'Run chrony on every node against the same servers and alert on its offset.',
    zh: '在各节点运行 chrony 并使用相同时间源，对偏移量配置告警。',
  },
  fix: ['systemctl enable --now chronyd', 'chronyc makestep'],
  needs: ['node.time-sync'],
  members: 'complete',
  params: { warnSeconds: 0.1, failSeconds: 1 },
  evaluate({ 'node.time-sync': facts }, { warnSeconds, failSeconds }) {
    const nodes = seenMembers(facts);
    const complaints = nodes.flatMap(({ member, value }) => {
      const shown = stateEvidence(member, value);
      const offset = Math.abs(value.chrony?.offsetSeconds ?? 0);
      if (!isSynchronized(value)) {
        return [complaint('fail', `the clock of ${member} follows no source`, `${member} 的时钟未同步`, shown)];
      }
      if (offset > warnSeconds) {
        const level = offset > failSeconds ? 'fail' : 'warn';
        return [
          complaint(level, `${member} is ${offset.toFixed(3)} s off`, `${member} 偏移 ${offset.toFixed(3)} 秒`, shown),
        ];
      }
      return [];
    });
    return verdictOf({
      complaints,
      good: { en: `${nodes.length} nodes follow a time source`, zh: `${nodes.length} 个节点时钟均已同步` },
      evidence: nodes.map(({ member, value }) => stateEvidence(member, value)),
    });
  },
});

const isSynchronized = ({ chrony, systemd }: TimeSync): boolean =>
  chrony === null ? systemd?.isSynchronized === true : chrony.leap !== 'Not synchronised' && chrony.source !== '';

/** States only: an offset is another one each second. */
const stateEvidence = (member: string, { chrony, systemd }: TimeSync) =>
  chrony === null
    ? nodeEvidence(
        'node.time-sync',
        'synchronised, as systemd says',
        'timedatectl show -P NTPSynchronized 2>/dev/null || true',
        systemd === null ? '' : systemd.isSynchronized ? 'yes' : 'no',
        { en: 'yes', zh: 'yes' },
        member,
      )
    : nodeEvidence(
        'node.time-sync',
        'leap status, as chrony says',
        "chronyc -c tracking | awk -F, '{ print $NF }'",
        chrony.leap,
        { en: 'Normal', zh: 'Normal' },
        member,
      );
