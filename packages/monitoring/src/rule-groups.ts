import { auditAlerts, postgresAlerts } from './alerts/index.ts';
import type { RuleGroup } from './model.ts';
import { recordings } from './recording/index.ts';

/** One group a file: recordings first, because the alerts of the same group read them. */
export const ruleGroups: readonly RuleGroup[] = [
  { name: 'pgattest-postgres', interval: '10s', recordings, alerts: postgresAlerts },
  { name: 'pgattest-audit', interval: '30s', recordings: [], alerts: auditAlerts },
];
