import { gauge, pgbouncerList, promql, select } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

const items = (name: string, list: string, help: string) =>
  defineRecording(`pgbouncer:ins:${name}`, {
    ...gauge('count', help),
    labels: levelLabels.ins,
    expr: promql`sum without (list) (${select(pgbouncerList.m.items, { list })})`,
  });

/** SHOW LISTS by list. */
export const poolerLists = Object.freeze({
  pools: items('pools', 'pools', 'Pools'),
  databases: items('pool_databases', 'databases', 'Databases as clients see them'),
  users: items('pool_users', 'users', 'Users'),
  loginClients: items('login_clients', 'login_clients', 'Clients that are logging in'),
  freeClients: items('free_clients', 'free_clients', 'Places for clients that are allocated and free'),
  usedClients: items('used_clients', 'used_clients', 'Clients'),
  freeServers: items('free_servers', 'free_servers', 'Places for servers that are allocated and free'),
});

export const listRecordings = Object.values(poolerLists);
