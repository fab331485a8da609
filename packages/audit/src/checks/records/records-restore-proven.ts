import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { countEvidence, drillEvidence } from '../drill-evidence.ts';

export const recordsRestoreProven = defineCheck({
  id: 'records-restore-proven',
  scope: 'records',
  catalogue: ['BKP-013'],
  title: { en: 'A restore was proven lately', zh: '恢复演练近期通过' },
  severity: 'critical',
  rationale: {
    en: 'A backup that was never restored is a hope. Level 3 asks for regular tests of recovery.',
    zh: '未经恢复验证的备份不可信，三级要求定期进行恢复测试。',
  },
  remediation: {
    en: 'Run a restore drill from every repository and keep its certificate with the auditor.',
    zh: '对每个仓库执行恢复演练，并将证书交由审计程序保存。',
  },
  fix: ['pgattest drill restore --stanza {stanza} --out {folder}'],
  needs: ['records.drill-certificates'],
  params: { passDays: 90, warnDays: 180 },
  evaluate({ 'records.drill-certificates': all }, { passDays, warnDays }, { at, cluster }) {
    const own = all.filter(
      (record) => record.cluster === cluster && (record.kind === 'restore' || record.kind === 'pitr'),
    );
    const valid = own.filter(({ isVerified }) => isVerified);
    const last = valid.toSorted((a, b) => (a.finished < b.finished ? 1 : -1))[0];
    const passed = valid
      .filter(({ outcome }) => outcome === 'passed')
      .toSorted((a, b) => (a.finished < b.finished ? 1 : -1))[0];
    const shown = own.slice(0, 10).map((record) => drillEvidence(record));
    const invalid = own.filter(({ isVerified }) => !isVerified);
    const days = passed === undefined ? undefined : (Date.parse(at) - Date.parse(passed.finished)) / 86_400_000;
    return verdictOf({
      complaints:
        last !== undefined && last.outcome === 'failed'
          ? [
              complaint(
                'fail',
                `the last drill (${last.id}) failed`,
                `最近一次演练 ${last.id} 失败`,
                drillEvidence(last),
              ),
            ]
          : days === undefined
            ? [
                complaint(
                  'fail',
                  `no restore drill of ${cluster} is proven by a certificate${invalid.length === 0 ? '' : `; ${invalid.length} do not verify: ${invalid[0]?.problem ?? ''}`}`,
                  `无经验证的 ${cluster} 恢复演练证书${invalid.length === 0 ? '' : `；${invalid.length} 份未通过验证`}`,
                  ...(shown.length === 0 ? [countEvidence()] : shown),
                ),
              ]
            : days > passDays
              ? [
                  complaint(
                    days > warnDays ? 'fail' : 'warn',
                    `the last proven restore is ${Math.floor(days)} days old`,
                    `最近一次通过的恢复演练距今 ${Math.floor(days)} 天`,
                    ...(passed === undefined ? [] : [drillEvidence(passed)]),
                  ),
                ]
              : [],
      good: {
        en: `${passed?.id ?? ''} proved a restore ${Math.floor(days ?? 0)} days ago`,
        zh: `${passed?.id ?? ''} 于 ${Math.floor(days ?? 0)} 天前验证恢复`,
      },
      evidence: passed === undefined ? [] : [drillEvidence(passed)],
    });
  },
});
