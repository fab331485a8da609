import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { drillEvidence } from '../drill-evidence.ts';
import { nodeEvidence } from '../node-evidence.ts';

type Drill = FactMap['records.drill-certificates'][number];

export const recordsStructureVerified = defineCheck({
  id: 'records-structure-verified',
  scope: 'records',
  catalogue: ['INT-005'],
  title: { en: 'Tables and indexes were verified lately', zh: '近期完成表与索引结构校验' },
  severity: 'medium',
  rationale: {
    en: 'Page checksums see what the disk changed; only amcheck sees an index that misses rows or a table whose tuples contradict each other.',
    zh: '页校验和仅能发现介质损坏，索引缺行、元组矛盾等逻辑损坏只有 amcheck 能发现。',
  },
  remediation: {
    en: 'Let a restore drill verify the restored copy with amcheck every month, and keep its certificate with the auditor.',
    zh: '每月执行恢复演练并对恢复出的副本运行 amcheck，证书交由审计程序保存。',
  },
  fix: ['pgattest drill restore --stanza {stanza} --amcheck all --out {folder}'],
  needs: ['records.drill-certificates'],
  params: { passDays: 30, warnDays: 90 },
  evaluate({ 'records.drill-certificates': all }, { passDays, warnDays }, { at, cluster }) {
    const tried = all.filter(({ cluster: of, checks }) => of === cluster && checks['amcheck'] !== undefined);
    const why = tried.find(({ isVerified }) => !isVerified)?.problem;
    const verified = tried
      .filter(({ isVerified, checks }) => isVerified && ['pass', 'fail'].includes(checks['amcheck'] ?? ''))
      .toSorted((a, b) => (a.finished < b.finished ? 1 : -1));
    const [last] = verified;
    const days = last === undefined ? 0 : Math.floor((Date.parse(at) - Date.parse(last.finished)) / 86_400_000);
    const evidence =
      last === undefined ? [triedEvidence(tried, cluster)] : [drillEvidence(last), amcheckEvidence(last)];
    return verdictOf({
      complaints:
        last === undefined
          ? [
              complaint(
                'fail',
                `no certificate of ${cluster} that verifies tells of a run of amcheck${why === undefined || why === null ? '' : ` (${why})`}`,
                `没有经验证的证书证明 ${cluster} 运行过 amcheck`,
              ),
            ]
          : last.checks['amcheck'] === 'fail'
            ? [complaint('fail', `${last.id} found damage`, `${last.id} 发现数据结构损坏`)]
            : days > passDays
              ? [
                  complaint(
                    days > warnDays ? 'fail' : 'warn',
                    `the last run of amcheck is ${days} days old`,
                    `最近一次 amcheck 距今 ${days} 天`,
                  ),
                ]
              : [],
      good: {
        en: `${last?.id ?? ''} verified the structure of a copy ${days} days ago and found no damage`,
        zh: `${last?.id ?? ''} 于 ${days} 天前校验副本结构且未发现损坏`,
      },
      evidence,
    });
  },
});

const amcheckEvidence = ({ id, checks }: Drill) =>
  nodeEvidence(
    'records.drill-certificates',
    `amcheck of ${id}, the worst of all databases`,
    `jq -r '[.certificate.checks[] | select(.id == "amcheck") | .outcome] as $all | first(("fail", "unavailable", "not_applicable", "pass") as $one | select($all | index($one)) | $one)' {drills}/${id}.json`,
    checks['amcheck'] ?? '',
    { en: 'pass', zh: 'pass（通过）' },
  );

const triedEvidence = (tried: readonly Drill[], cluster: string) =>
  nodeEvidence(
    'records.drill-certificates',
    'certificates that tell of amcheck',
    `cat {drills}/*.json 2>/dev/null | jq -r 'select(.certificate.cluster == "${cluster}" and any(.certificate.checks[]?; .id == "amcheck")) | .certificate.id' | LC_ALL=C sort`,
    tried
      .map(({ id }) => id)
      .toSorted()
      .join('\n'),
    { en: 'one at least, verified, in which it ran', zh: '至少一份经验证且实际运行' },
  );
