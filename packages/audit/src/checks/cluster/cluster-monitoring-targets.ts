import { defineClusterCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';
import { targetsEvidence } from '../monitoring-evidence.ts';

export const clusterMonitoringTargets = defineClusterCheck({
  id: 'cluster-monitoring-targets',
  catalogue: ['MON-001'],
  title: { en: 'Every member is scraped, with all that runs on it', zh: '监控采集覆盖每个成员及其组件' },
  severity: 'high',
  rationale: {
    en: 'What is not scraped cannot alert: the first news of its failure comes from users.',
    zh: '未被采集的组件无法触发告警，故障只能由用户发现。',
  },
  remediation: {
    en: 'Register the missing addresses as scrape targets with the label of the member, and mend those that are down.',
    zh: '将缺失地址按成员标签登记为采集目标，并修复不可用的目标。',
  },
  fix: ['- targets: [{address}:9630]\n  labels: {ins: {member}}'],
  needs: ['monitoring.targets', 'pg.server'],
  members: 'partial',
  params: { memberLabel: 'ins', required: ['postgres=9630', 'pgbouncer=9631', 'patroni=8008', 'pgbackrest=9854'] },
  evaluate({ 'monitoring.targets': found, 'pg.server': servers }, { memberLabel, required }) {
    const [seen] = seenMembers(found);
    if (seen === undefined) {
      return undecided({ en: 'the monitoring did not answer', zh: '监控系统未应答，无法判定' });
    }
    const targets = seen.value;
    const members = [...servers.keys()];
    const ports = required.map((text) => {
      const [component = '', port = ''] = text.split('=');
      return { component, port };
    });
    const own = (member: string) => targets.filter(({ labels }) => labels[memberLabel] === member);
    const expected = {
      en: `ports ${ports.map(({ port }) => port).join(', ')} up`,
      zh: `端口 ${ports.map(({ port }) => port).join('、')} 均为 up`,
    };
    return verdictOf({
      complaints: members.flatMap((member) => {
        const missing = ports.filter(({ port }) => !own(member).some(({ address }) => address.endsWith(`:${port}`)));
        const down = own(member).filter(({ health }) => health !== 'up');
        const parts = missing.map(({ component, port }) => `${component} (${port})`).join(', ');
        return [
          ...(missing.length === 0
            ? []
            : [complaint('fail', `${member} is not scraped for ${parts}`, `${member} 未采集 ${parts}`)]),
          ...(down.length === 0
            ? []
            : [
                complaint(
                  'fail',
                  `${down.map(({ address }) => address).join(', ')} of ${member} does not answer`,
                  `${member} 的 ${down.map(({ address }) => address).join('、')} 无应答`,
                ),
              ]),
        ];
      }),
      good: { en: `${members.join(', ')} are scraped whole`, zh: `${members.join('、')} 的组件均已采集` },
      evidence: members.map((member) => ({
        ...targetsEvidence(targets, memberLabel, member, expected),
        subject: seen.member,
      })),
    });
  },
});
