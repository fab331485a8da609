import { auditClauseOutcome, select } from '@pgattest/catalog';
import { dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster, clusterVariable } from '../scope.ts';
import { clausesRow } from './clauses.ts';
import { objectsRow } from './objects.ts';

/** One framework, clause by clause and object by object: MLPS level 3 or SOC 2. */
export const framework = dashboard({
  uid: uids.framework,
  title: say('pgattest: framework detail', 'pgattest：标准详情'),
  description: say(
    'One framework (MLPS level 3, SOC 2): the outcome of every clause on every cluster, and of every check on every object of the chosen one.',
    '单个标准（等保三级、SOC 2）：每个条款在每个集群上的结论，以及所选集群每个对象上每项检查的结果。',
  ),
  tags: ['pgattest', 'compliance'],
  variables: [
    clusterVariable,
    {
      name: 'framework',
      label: say('Framework', '标准'),
      source: { metric: select(auditClauseOutcome, cluster), label: 'framework' },
      multi: false,
    },
  ],
  rows: [
    row(say('Clauses by cluster', '条款与集群'), clausesRow),
    row(say('Checks by object', '检查与对象'), objectsRow),
  ],
  down: uids.compliance,
});
