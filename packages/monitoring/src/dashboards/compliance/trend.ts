import { auditFindings, promql, select } from '@pgattest/catalog';
import { type Panel, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';
import { noVerdict } from './empty.ts';

export const trendRow: readonly Panel[] = [
  timeseries({
    title: say('Failing checks by severity', '各级别未通过检查'),
    description: say(
      'Steps up are regressions: something that held at the last audit holds no more. Gaps are times without a fresh verdict.',
      '上升的台阶是倒退：上次审计成立的事项不再成立。空白是没有新结论的时段。',
    ),
    queries: [
      {
        expr: promql`sum by (severity) (${select(auditFindings, { ...cluster, outcome: 'fail' })})`,
        legend: same('{{severity}}'),
      },
    ],
    unit: 'count',
    empty: noVerdict,
    link: uids.framework,
    width: 24,
    height: 6,
  }),
];
