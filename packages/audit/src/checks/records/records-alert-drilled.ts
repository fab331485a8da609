import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import { drillEvidence } from '../drill-evidence.ts';

export const recordsAlertDrilled = defineCheck({
  id: 'records-alert-drilled',
  scope: 'records',
  catalogue: ['MON-004'],
  title: { en: 'An alert was drilled lately, from the rule to the receiver', zh: '近期完成端到端告警演练' },
  severity: 'medium',
  rationale: {
    en: 'Between a rule and a person are an evaluator, a router, a network and a mailbox: only an alert that was sent on purpose proves all of them.',
    zh: '从规则到人员需经过评估、路由、网络与收件环节，只有演练告警才能证明全链路有效。',
  },
  remediation: {
    en: 'Run "pgattest drill alert" every quarter and keep the certificate; note who acknowledged it and when.',
    zh: '每季度执行 “pgattest drill alert” 并保存证书，记录确认人与时间。',
  },
  fix: ['pgattest drill alert {cluster} --approve {ticket}'],
  needs: ['records.drill-certificates'],
  params: { passDays: 90, warnDays: 180 },
  evaluate({ 'records.drill-certificates': records }, { passDays, warnDays }, { at, cluster }) {
    const drills = records
      .filter((record) => record.kind === 'alert' && record.cluster === cluster)
      .toSorted((a, b) => (a.finished > b.finished ? -1 : 1));
    const counted = drills.find(({ isVerified, outcome }) => isVerified && outcome !== 'aborted');
    if (counted === undefined) {
      const [other] = drills;
      const none: Evidence = {
        fact: 'records.drill-certificates',
        at: 'certificates of alert drills',
        actual: '',
        expected: { en: 'one at least', zh: '至少一份' },
        shell: `cat {drills}/*.json 2>/dev/null | jq -r 'select(.certificate.cluster == "${cluster}" and .certificate.kind == "alert") | .certificate.id'`,
      };
      return fail(
        other === undefined
          ? { en: 'there is no certificate of an alert drill', zh: '经核查，没有告警演练的证书' }
          : {
              en: `no certificate of an alert drill counts: ${other.id}: ${other.problem ?? other.outcome}`,
              zh: `经核查，没有有效的告警演练证书：${other.id}（${other.problem ?? other.outcome}）`,
            },
        other === undefined ? none : drillEvidence(other),
      );
    }
    const evidence = drillEvidence(counted);
    const day = counted.finished.slice(0, 10);
    const days = Math.floor((Date.parse(at) - Date.parse(counted.finished)) / 86_400_000);
    const seen = {
      en: `alert drill of ${day}: ${counted.outcome}`,
      zh: `经核查，${day} 的告警演练结果为 ${counted.outcome}`,
    };
    if (counted.outcome !== 'passed') {
      return fail({ en: `${seen.en}; the alert did not arrive`, zh: `${seen.zh}，告警未送达` }, evidence);
    }
    if (days <= passDays) return pass({ en: seen.en, zh: `${seen.zh}，符合要求` }, evidence);
    const old = { en: `${seen.en}, ${days} days ago`, zh: `${seen.zh}，距今已 ${days} 天` };
    return days <= warnDays ? warn(old, evidence) : fail(old, evidence);
  },
});
