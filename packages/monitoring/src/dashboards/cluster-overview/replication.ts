import { pgRecv, pgRepl, pgSlot, promql, select } from '@pgattest/catalog';
import { type Panel, table, timeseries } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { standbyLagBytes, standbyLagSeconds } from '../../recording/replication.ts';

const cluster = { cls: '$cls' } as const;

export const replicationRow: readonly Panel[] = [
  timeseries({
    title: 'Replay lag (bytes)',
    description: 'WAL each standby has still to replay, seen from its sender: what an asynchronous failover could lose.',
    queries: [{ expr: promql`max by (appname) (${select(standbyLagBytes, cluster)})`, legend: '{{appname}}' }],
    thresholds: [{ value: 134_217_728, colour: 'orange', why: 'Orange from 128 MiB, where PostgresReplicationLagBytes fires.' }],
    empty: 'no standby is attached',
    width: 12,
  }),
  timeseries({
    title: 'Replay lag (seconds)',
    description: 'Time from WAL flush on the sender to its replay: how stale reads on the standby are.',
    queries: [{ expr: promql`max by (appname) (${select(standbyLagSeconds, cluster)})`, legend: '{{appname}}' }],
    thresholds: [{ value: 60, colour: 'orange', why: 'Orange from one minute, where PostgresReplicationLagSeconds fires.' }],
    empty: 'no standby is attached',
    width: 12,
  }),
  table({
    title: 'Attached standbys',
    description: 'Every WAL sender of the cluster and the state of its standby.',
    queries: [{ expr: promql`max by (ins, appname, address, usename) (${select(pgRepl.m.state, cluster)})`, legend: '' }],
    words: stateWords(pgRepl.m.state),
    columns: { ins: 'Sender', appname: 'Standby', address: 'Address', usename: 'Role', Value: 'State' },
    empty: 'no standby is attached',
    width: 12,
  }),
  table({
    title: 'Replication slots',
    description: 'WAL each slot holds back. A slot that nobody reads fills the disk.',
    queries: [{ expr: promql`max by (ins, slot_name, slot_type) (${select(pgSlot.m.retained_bytes, cluster)})`, legend: '' }],
    columns: { ins: 'Instance', slot_name: 'Slot', slot_type: 'Type', Value: 'WAL held back' },
    empty: 'no replication slot exists',
    width: 12,
  }),
  table({
    title: 'WAL receivers',
    description: 'What each replica says about its own upstream connection.',
    queries: [{ expr: promql`max by (ins, sender_host, sender_port, slot_name) (${select(pgRecv.m.state, cluster)})`, legend: '' }],
    words: stateWords(pgRecv.m.state),
    columns: { ins: 'Replica', sender_host: 'Sender', sender_port: 'Port', slot_name: 'Slot', Value: 'State' },
    empty: 'no replica receives WAL',
    width: 24,
    height: 6,
  }),
];
