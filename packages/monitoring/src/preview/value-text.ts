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

/** A value for a reader, much as Grafana spells the unit. */
export function valueText(value: number, unit: PanelUnit): string {
  if (!Number.isFinite(value)) return String(value);
  switch (unit) {
    case 'bytes':
    case 'lsn':
      return scaled(value, 1024, binary);
    case 'bytes_per_second':
      return `${scaled(value, 1024, binary)}/s`;
    case 'seconds':
    case 'timestamp_seconds':
      return duration(value);
    case 'milliseconds':
      return duration(value / 1000);
    case 'ratio':
    case 'percent':
    case 'seconds_per_second':
      return `${digits(value * 100)} %`;
    case 'per_second':
      return `${scaled(value, 1000, decimal)}/s`;
    case 'per_minute':
      return `${scaled(value, 1000, decimal)}/min`;
    case 'count':
    case 'xid':
      return scaled(value, 1000, decimal);
    case 'bool':
      return value === 0 ? 'no' : 'yes';
    case 'state':
    case 'id':
    case 'info':
    case 'unknown':
      return String(value);
  }
}
