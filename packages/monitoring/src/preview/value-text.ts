import type { PanelUnit } from '../grafana/unit.ts';

const decimal = ['', 'K', 'M', 'G', 'T'];
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const durations = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** Three digits that count, without an exponent. */
export function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || value === 0) return String(Math.round(value));
  if (size < 0.001) return value.toPrecision(2);
  return String(Number(value.toPrecision(3)));
}

function scaled(value: number, base: number, names: readonly string[]): string {
  const power = Math.min(Math.floor(Math.log(Math.max(Math.abs(value), 1)) / Math.log(base)), names.length - 1);
  return `${digits(value / base ** power)} ${names[power] ?? ''}`.trim();
}

function duration(seconds: number): string {
  if (seconds !== 0 && Math.abs(seconds) < 0.001) return `${digits(seconds * 1e6)} µs`;
  if (seconds !== 0 && Math.abs(seconds) < 1) return `${digits(seconds * 1000)} ms`;
  const [size, name] = durations.find(([length]) => Math.abs(seconds) >= length) ?? [1, 's'];
  return `${digits(seconds / size)} ${name}`;
}

const bytes = (value: number): string => scaled(value, 1024, binary);
const share = (value: number): string => `${digits(value * 100)} %`;
const count = (value: number): string => scaled(value, 1000, decimal);

const texts: Readonly<Record<PanelUnit, (value: number) => string>> = {
  bytes,
  lsn: bytes,
  bytes_per_second: (value) => `${bytes(value)}/s`,
  seconds: duration,
  timestamp_seconds: duration,
  milliseconds: (value) => duration(value / 1000),
  ratio: share,
  percent: share,
  seconds_per_second: share,
  per_second: (value) => `${count(value)}/s`,
  per_minute: (value) => `${count(value)}/min`,
  count,
  xid: count,
  bool: (value) => (value === 0 ? 'no' : 'yes'),
  state: String,
  id: String,
  info: String,
  unknown: String,
};

/** A value for a reader, much as Grafana spells the unit. */
export const valueText = (value: number, unit: PanelUnit): string =>
  Number.isFinite(value) ? texts[unit](value) : String(value);
