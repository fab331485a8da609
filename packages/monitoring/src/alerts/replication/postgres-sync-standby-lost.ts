import { pgRepl, pgSyncStandby, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stateValue } from '../../state-value.ts';
import { livePrimary } from '../roles.ts';

export const postgresSyncStandbyLost = defineAlert({
  name: 'PostgresSyncStandbyLost',
  severity: 'critical',
  for: '1m',
  expr: promql`max by (job, cls, ins) (${pgSyncStandby.m.enabled}) == 1 and on (job, cls, ins) ${livePrimary} unless on (job, cls, ins) (${pgRepl.m.sync_state} == ${stateValue(pgRepl.m.sync_state, 'sync')} or ${pgRepl.m.sync_state} == ${stateValue(pgRepl.m.sync_state, 'quorum')})`,
  labels: ['job', 'cls', 'ins'],
  summary: {
    en: '{{ $labels.ins }} requires a synchronous standby and has none',
    zh: '{{ $labels.ins }} 要求同步备库，但当前没有可用的同步备库',
  },
  description: {
    en: 'synchronous_standby_names is set and no standby is synchronous: commits hang, or Patroni is about to fall back to asynchronous replication.',
    zh: '已设置 synchronous_standby_names 但没有任何同步备库：提交会挂起，或 Patroni 即将退化为异步复制。',
  },
  runbook: [
    'On {{ $labels.ins }}: `SELECT application_name, state, sync_state FROM pg_stat_replication` and `SHOW synchronous_standby_names`.',
    'Bring a standby back first; the names must match its application_name (cluster_name).',
    'Only if writes must go on and data loss is accepted: clear the setting through Patroni (`patronictl edit-config`, synchronous_mode: false).',
  ],
});
