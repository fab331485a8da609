/** `1.18.0/bouncer`, or what SHOW VERSION says, as 11800; undefined when it is no version. */
export function parsePgbouncerVersion(text: string): number | undefined {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/u.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 10_000 + Number(match[2]) * 100 + Number(match[3] ?? 0);
}
