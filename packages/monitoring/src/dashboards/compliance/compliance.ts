import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable } from '../scope.ts';
import { findingsRow } from './findings.ts';
import { runsRow } from './runs.ts';
import { trendRow } from './trend.ts';
import { verdictRow } from './verdict.ts';

/** What the auditor says of one cluster, and whether it could look. */
export const compliance = dashboard({
  uid: uids.compliance,
  title: say('pgattest: compliance', 'pgattest：合规'),
  description: say(
    'What the auditor found on one cluster, how it changed, and whether the evidence is fresh and complete. The signed report says more.',
    '审计在单个集群上的发现、变化，以及证据是否新鲜完整。详情见签名报告。',
  ),
  tags: ['pgattest', 'compliance'],
  variables: [clusterVariable],
  rows: [
    row(say('Verdict', '结论'), verdictRow),
    row(say('Findings', '发现'), findingsRow),
    row(say('Trend', '趋势'), trendRow),
    collapsedRow(say('Audit runs', '审计运行'), runsRow),
  ],
  down: uids.framework,
});
