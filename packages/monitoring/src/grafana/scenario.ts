/**
 * When a query must have data. `healthy`: always. Any other name is a situation, mostly a breakage of the laboratory
 * (`pgattest lab break --list`), outside of which the query is rightly empty and its panel says so.
 */
export const scenarios = [
  'healthy',
  'alert-firing',
  'archive-command-failing',
  'backup-scheduled',
  'backup-verified',
  'before-postgresql-17',
  'collector-failing',
  'drill-done',
  'pooled-load',
  'setting-changed-on-one-member',
  'vip-held',
  'vip-probed',
] as const;

export type Scenario = (typeof scenarios)[number];
