/** Text of plain data to compare it by; unlike in JSON alone, NaN and the infinities differ. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
}
