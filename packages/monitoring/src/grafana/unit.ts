import type { Unit } from '@pgattest/catalog';

/** Grafana's unit ids for the units of the catalogue. */
export const grafanaUnit: Readonly<Record<Unit | 'percent', string>> = {
  bytes: 'bytes',
  seconds: 's',
  milliseconds: 'ms',
  ratio: 'percentunit',
  percent: 'percentunit',
  count: 'short',
  bool: 'bool_yes_no',
  state: 'none',
  timestamp_seconds: 'dateTimeFromNow',
  lsn: 'bytes',
  xid: 'short',
  id: 'none',
  info: 'none',
  unknown: 'none',
};
