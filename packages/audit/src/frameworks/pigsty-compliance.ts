import { defineFramework } from '../framework.ts';
import { pigstyMlpsRows } from './pigsty-compliance/mlps-rows.ts';
import { pigstySoc2Rows } from './pigsty-compliance/soc2-rows.ts';

/**
 * The two tables in which Pigsty says what it meets: 15 rows about level 3, 11 about SOC 2. A row is the claim; whether
 * the deployment keeps it is what the checks say.
 */
export const pigstyCompliance = defineFramework({
  id: 'pigsty-compliance',
  title: { en: 'Pigsty compliance tables', zh: 'Pigsty 合规对照表' },
  edition: '15 + 11 rows',
  headline: 'rates',
  byDefault: false,
  clauses: [...pigstyMlpsRows, ...pigstySoc2Rows],
});
