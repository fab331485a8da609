const unitMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads a time as a PostgreSQL setting has it, in milliseconds: `15min`, `900000`; undefined when it is none. */
export function findDurationMs(value: string): number | undefined {
  const [, amount = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/u.exec(value) ?? [];
  const factor = unit === '' ? 1 : unitMs[unit];
  return amount === '' || factor === undefined ? undefined : Number(amount) * factor;
}
