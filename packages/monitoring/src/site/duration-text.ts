const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as Prometheus and vmalert spell a duration: `26h`, `90s`, `0s`; fractions of a second are rounded up. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [unit, size] = units.find(([, each]) => whole >= each && whole % each === 0) ?? ['s', 1];
  return `${whole / size}${unit}`;
}
