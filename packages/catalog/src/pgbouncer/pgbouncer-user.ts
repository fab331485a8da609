import { defineCollector, gauge } from '../model.ts';

const sql = 'SHOW USERS';
const columns = {
  labels: { user: 'name' },
  values: { pool_connections: 'pool_size', reserve_pool_connections: 'reserve_pool_size' },
};

/** SHOW USERS: limits and use of each user, from 1.23 on. The users with most connections, where there are too many. */
export const pgbouncerUser = defineCollector({
  id: 'pgbouncer_user',
  source: 'pgbouncer',
  scope: 'instance',
  help: 'Limits and connections of users',
  cacheSeconds: 10,
  timeoutSeconds: 1,
  priority: 173,
  labels: { user: 'Name of the user' },
  metrics: {
    max_connections: gauge('count', 'Most server connections of this user, 0 for no limit'),
    current_connections: gauge('count', 'Server connections of this user'),
    max_client_connections: gauge('count', 'Most client connections of this user, 0 for no limit'),
    current_client_connections: gauge('count', 'Client connections of this user'),
    pool_connections: gauge('count', 'Pool size of this user, where it has one of its own'),
    reserve_pool_connections: gauge('count', 'Reserve pool size of this user, where it has one of its own'),
  },
  variants: [
    {
      branch: 'pgbouncer_user_124',
      since: 12400,
      sql,
      columns: {
        labels: columns.labels,
        values: {
          ...columns.values,
          max_connections: 'max_user_connections',
          max_client_connections: 'max_user_client_connections',
        },
      },
    },
    {
      branch: 'pgbouncer_user_123',
      since: 12300,
      until: 12400,
      sql,
      columns: { labels: columns.labels, values: { ...columns.values, max_connections: 'max_user_connections' } },
      omits: ['max_client_connections', 'current_client_connections', 'reserve_pool_connections'],
    },
  ],
});
