/**
 * pgBackRest's version as one number, 2.57.0 = 2057000, from what `version` prints: the number itself (2.55 and newer
 * with `--output=num`) or `pgBackRest 2.45`. Undefined for anything else.
 */
export function parseBackrestVersion(text: string): number | undefined {
  const line = text.trim();
  if (/^\d{7,9}$/.test(line)) return Number(line);
  const match = /^pgBackRest (?<major>\d+)\.(?<minor>\d+)(?:\.(?<patch>\d+))?/m.exec(line);
  const { major, minor, patch = '0' } = match?.groups ?? {};
  if (major === undefined || minor === undefined) return undefined;
  return Number(major) * 1_000_000 + Number(minor) * 1000 + Number(patch);
}
