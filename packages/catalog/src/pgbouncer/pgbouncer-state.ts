import { defineCollector, gauge } from '../model.ts';

/** SHOW STATE: what PAUSE and SUSPEND without a name did. Before 1.19 no command tells, and there are no series. */
export const pgbouncerState = defineCollector({
  id: 'pgbouncer_state',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Whether PgBouncer as a whole is active, paused or suspended',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 172,
  labels: {},
  metrics: {
    active: gauge('bool', 'Whether PgBouncer as a whole serves clients'),
    paused: gauge('bool', 'Whether PgBouncer as a whole is paused'),
    suspended: gauge('bool', 'Whether PgBouncer as a whole is suspended'),
  },
  variants: [{ branch: 'pgbouncer_state', since: 11900, sql: 'SHOW STATE' }],
});
