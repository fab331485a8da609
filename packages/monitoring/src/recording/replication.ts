import { gauge, pgRepl, promql } from '@pgattest/catalog';
import { defineRecording } from '../model.ts';

/** Worst replay lag in bytes of the standbys attached to a sender. */
export const standbyLagBytes = defineRecording('pg:standby:lag_bytes', {
  ...gauge('bytes', 'WAL that the standby has still to replay, seen from its sender'),
  labels: ['job', 'cls', 'ins', 'appname'],
  expr: promql`max by (job, cls, ins, appname) (${pgRepl.m.replay_diff})`,
});

/** Worst replay lag in seconds of the standbys attached to a sender. */
export const standbyLagSeconds = defineRecording('pg:standby:lag_seconds', {
  ...gauge('seconds', 'Time from WAL flush on the sender to its replay on the standby'),
  labels: ['job', 'cls', 'ins', 'appname'],
  expr: promql`max by (job, cls, ins, appname) (${pgRepl.m.replay_lag})`,
});
