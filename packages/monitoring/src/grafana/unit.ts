import type { Unit } from '@pgattest/catalog';

/** What a panel shows: a unit of the catalogue, or what a rate makes of one. */
export type PanelUnit = Unit | 'percent' | 'per_second' | 'per_minute' | 'bytes_per_second' | 'seconds_per_second';

/** Grafana's unit ids. A timestamp is shown as an age, in seconds: Grafana would take it for milliseconds. */
export const grafanaUnit: Readonly<Record<PanelUnit, string>> = {
  bytes: 'bytes',
  seconds: 's',
  milliseconds: 'ms',
  ratio: 'percentunit',
  percent: 'percentunit',
  per_second: 'cps',
  per_minute: 'cpm',
  bytes_per_second: 'Bps',
  seconds_per_second: 'percentunit',
  count: 'short',
  bool: 'bool_yes_no',
  state: 'none',
  timestamp_seconds: 's',
  lsn: 'bytes',
  xid: 'short',
  id: 'none',
  info: 'none',
  unknown: 'none',
};
