import { defineClusterCheck, fail, pass, warn } from '../../check.ts';
import { drillEvidence } from '../drill-evidence.ts';
import { seenMembers } from '../members.ts';

export const clusterFailoverDrilled = defineClusterCheck({
  id: 'cluster-failover-drilled',
  catalogue: ['HA-021'],
  title: { en: 'A switchover or failover was drilled lately, within its objectives', zh: '近期完成切换演练且达到目标' },
  severity: 'high',
  rationale: {
    en: 'Redundancy that was never used is a hope: only a drill shows how long clients wait and whether commits are lost.',
    zh: '从未启用过的冗余只是假设：只有演练才能说明中断时长以及是否丢失提交。',
  },
  remediation: {
    en: 'Run "pgattest drill switchover" (or failover) in an agreed window twice a year, and keep the certificate.',
    zh: '每半年在批准的窗口内执行 “pgattest drill switchover”（或 failover）并保存证书。',
  },
  fix: ['pgattest drill switchover {cluster} --approve {ticket}'],
  members: 'complete',
  needs: ['records.drill-certificates'],
  /** Days since the drill; seconds without writes, and of lost commits. */
  params: { passDays: 180, warnDays: 365, rtoSeconds: 60, rpoSeconds: 0 },
  evaluate({ 'records.drill-certificates': records }, { passDays, warnDays, rtoSeconds, rpoSeconds }, { at, cluster }) {
    const all = seenMembers(records).flatMap(({ member, value }) => value.map((record) => ({ member, record })));
    const drills = all
      .filter(({ record }) => record.cluster === cluster && ['switchover', 'failover'].includes(record.kind))
      .toSorted((a, b) => (a.record.finished > b.record.finished ? -1 : 1));
    const [subject = ''] = seenMembers(records).map(({ member }) => member);
    const newest = drills.find(({ record }) => record.isVerified && record.outcome !== 'aborted');
    if (newest === undefined) {
      const unproven = drills[0]?.record;
      return fail(
        {
          en:
            unproven === undefined
              ? 'there is no certificate of a switchover or failover drill'
              : `no certificate of a drill counts: ${unproven.id}: ${unproven.problem ?? unproven.outcome}`,
          zh:
            unproven === undefined
              ? '经核查，没有切换或故障转移演练的证书'
              : `经核查，没有有效的演练证书：${unproven.id}（${unproven.problem ?? unproven.outcome}）`,
        },
        drills[0] === undefined
          ? {
              fact: 'records.drill-certificates',
              subject,
              at: 'certificates of switchovers and failovers',
              actual: '',
              expected: { en: 'one at least', zh: '至少一份' },
              shell: `cat {drills}/*.json 2>/dev/null | jq -r 'select(.certificate.cluster == "${cluster}" and (.certificate.kind == "switchover" or .certificate.kind == "failover")) | .certificate.id'`,
            }
          : { ...drillEvidence(drills[0].record), subject: drills[0].member },
      );
    }
    const { record, member } = newest;
    const evidence = { ...drillEvidence(record), subject: member };
    const days = Math.floor((Date.parse(at) - Date.parse(record.finished)) / 86_400_000);
    const rto = record.rtoSeconds === null ? '-' : String(record.rtoSeconds);
    const facts = {
      en: `${record.kind} drill of ${record.finished.slice(0, 10)}: ${record.outcome}, writes back after ${rto} s`,
      zh: `经核查，${record.finished.slice(0, 10)} 的 ${record.kind} 演练结果为 ${record.outcome}，写入恢复用时 ${rto} 秒`,
    };
    const missed =
      record.outcome !== 'passed' ||
      (record.rtoSeconds !== null && record.rtoSeconds > rtoSeconds) ||
      (record.rpoSeconds !== null && record.rpoSeconds > rpoSeconds);
    if (missed) {
      return fail(
        {
          en: `${facts.en}; the objectives (${rtoSeconds} s, ${rpoSeconds} s lost) were missed`,
          zh: `${facts.zh}，未达到目标（${rtoSeconds} 秒，丢失 ${rpoSeconds} 秒）`,
        },
        evidence,
      );
    }
    if (days > warnDays)
      return fail({ en: `${facts.en}; that is ${days} days ago`, zh: `${facts.zh}，距今已 ${days} 天` }, evidence);
    if (days > passDays)
      return warn({ en: `${facts.en}; that is ${days} days ago`, zh: `${facts.zh}，距今已 ${days} 天` }, evidence);
    return pass({ en: facts.en, zh: `${facts.zh}，符合要求` }, evidence);
  },
});
