/** Numbers of a version up to its first letter: `2:2.6.12-1+deb12u4` and `2.6.12` are both 2, 6, 12. */
export function versionNumbers(text: string): readonly number[] {
  const upstream = text.replace(/^\d+:/, '').replace(/[-+~].*$/, '');
  return (/^\d+(?:\.\d+)*/.exec(upstream)?.[0] ?? '')
    .split('.')
    .filter((word) => word !== '')
    .map(Number);
}

/** Whether a is older than b, number by number; a missing number is 0. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [versionNumbers(a), versionNumbers(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The series of a table that a version belongs to: `3.4` for 3.4.23, `15` for 15.20. */
export const seriesOf = (version: string, series: readonly string[]): string | undefined =>
  series.find((name) => {
    const [want, have] = [versionNumbers(name), versionNumbers(version)];
    return want.every((number, index) => have[index] === number);
  });
