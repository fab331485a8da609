import { gauge, pgDb, pgSetting, promql } from '@pgattest/catalog';
import { defineRecording } from '../model.ts';

/** Share of max_connections that is taken. */
export const connectionUsage = defineRecording('pg:ins:conn_usage', {
  ...gauge('ratio', 'Sessions as a share of max_connections'),
  labels: ['job', 'cls', 'ins'],
  expr: promql`sum by (job, cls, ins) (${pgDb.m.numbackends}) / max by (job, cls, ins) (${pgSetting.m.max_connections})`,
});
