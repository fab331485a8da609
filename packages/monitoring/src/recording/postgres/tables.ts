import { gauge, pgQuery, pgTable, promql } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/** Scans of each table. */
export const tableScanRate = defineRecording('pg:table:scan_rate1m', {
  ...gauge('count', 'Scans of the table per second, sequential or of an index'),
  labels: levelLabels.table,
  expr: promql`rate(${pgTable.m.tbl_scan}[1m])`,
});

/** Executions of each statement. */
export const statementCallRate = defineRecording('pg:query:call_rate1m', {
  ...gauge('count', 'Executions of the statement per second'),
  labels: levelLabels.query,
  expr: promql`rate(${pgQuery.m.calls}[1m])`,
});

/** How long a statement takes; absent while it is not executed. */
export const statementTime = defineRecording('pg:query:rt_1m', {
  ...gauge('seconds', 'Average time of an execution within a minute'),
  labels: levelLabels.query,
  expr: promql`rate(${pgQuery.m.exec_time}[1m]) / (${statementCallRate} > 0)`,
});

export const tableRecordings = [tableScanRate, statementCallRate, statementTime];
