import type { AlertGroup } from '../model.ts';
import { auditAlertGroup } from './audit/index.ts';
import { backupAlertGroup } from './backup/index.ts';
import { etcdAlertGroup } from './etcd/index.ts';
import { exporterAlertGroup } from './exporter/index.ts';
import { haproxyAlertGroup } from './haproxy/index.ts';
import { nodeAlertGroup } from './node/index.ts';
import { patroniAlertGroup } from './patroni/index.ts';
import { pgbouncerAlertGroup } from './pgbouncer/index.ts';
import { postgresAlertGroup } from './postgres/index.ts';
import { replicationAlertGroup } from './replication/index.ts';
import { vipAlertGroup } from './vip/index.ts';

/** Every alert, by the part of the stack it is about. */
export const alertGroups: readonly AlertGroup[] = [
  postgresAlertGroup,
  replicationAlertGroup,
  patroniAlertGroup,
  etcdAlertGroup,
  haproxyAlertGroup,
  vipAlertGroup,
  pgbouncerAlertGroup,
  backupAlertGroup,
  exporterAlertGroup,
  auditAlertGroup,
  nodeAlertGroup,
];
