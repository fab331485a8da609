import { RuntimeError } from '../errors.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;

/** A duration of the configuration in milliseconds, undefined when it is none. Shape: `500ms`, `10s`, `1h30m`, `180d`. */
export function findDurationMs(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(part)) total += Number(amount) * (unitMs[unit] ?? Number.NaN);
  return Number.isFinite(total) ? total : undefined;
}

/** As findDurationMs, for text that must be a duration. Errors: config_invalid. */
export function parseDurationMs(text: string): number {
  const ms = findDurationMs(text);
  if (ms === undefined) {
    throw new RuntimeError(
      'config_invalid',
      `"${text}" is not a duration; write a number and a unit: 500ms, 10s, 5m, 1h, 180d`,
    );
  }
  return ms;
}
