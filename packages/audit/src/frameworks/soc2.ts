import { defineFramework } from '../framework.ts';
import { soc2Access } from './soc2/access.ts';
import { soc2Categories } from './soc2/categories.ts';
import { soc2Operations, soc2Scope } from './soc2/operations.ts';

/**
 * Trust Services Criteria a database cluster feeds evidence to. A pass means useful evidence for a control under the
 * criterion; the criteria text is the AICPA's, the titles are ours. `aliases` name common mislabels of a criterion.
 */
export const soc2 = defineFramework({
  id: 'soc2',
  title: { en: 'SOC 2', zh: 'SOC 2' },
  edition: 'TSP 100-2017, points of focus 2022',
  headline: 'exceptions',
  clauses: [...soc2Scope, ...soc2Access, ...soc2Operations, ...soc2Categories],
});
