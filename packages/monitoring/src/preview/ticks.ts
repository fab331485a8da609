import type { PanelUnit } from '../grafana/unit.ts';

/** Round numbers that cover `low` to `high`, at most about `count` of them. */
export function ticks(low: number, high: number, count: number, unit: PanelUnit): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const step = roundSteps(rough, unit).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(low / step) * step;
  return Array.from({ length: Math.floor((high - first) / step + 1e-9) + 1 }, (_, index) => first + index * step);
}

/** Steps that read well in a unit: powers of 1024 for bytes, minutes and hours for durations, decimal ones for the rest. */
function roundSteps(rough: number, unit: PanelUnit): readonly number[] {
  if (unit === 'seconds' && rough >= 1) return [1, 2, 5, 10, 15, 30, ...timeSteps];
  const base = unit === 'bytes' || unit === 'lsn' || unit === 'bytes_per_second' ? 1024 : 1000;
  const whole = base ** Math.floor(Math.log(rough) / Math.log(base));
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, base].map((factor) => factor * whole);
}

const timeSteps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** Round moments within a range of Unix seconds. */
export function timeTicks(start: number, end: number, count: number): readonly number[] {
  const step = timeSteps.find((one) => one >= (end - start) / count) ?? 86_400;
  const first = Math.ceil(start / step) * step;
  return Array.from({ length: Math.floor((end - first) / step) + 1 }, (_, index) => first + index * step);
}

/** Hours and minutes in UTC. */
export const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 16);
