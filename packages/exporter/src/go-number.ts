/**
 * Text of a number to a float as Go's strconv.ParseFloat reads it, because the exporter we replace is the contract:
 * `inf`, `infinity` and `nan` in any case, exponents; undefined for empty text, blanks, `0x10`, trailing text and
 * values out of range. JavaScript's Number() differs on all of these.
 */
export function parseGoFloat(text: string): number | undefined {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^nan$/i.test(text)) return Number.NaN;
  if (/^[+-]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return undefined;
}

/**
 * A float as Go prints it with the shortest `g` form: `100000`, `1e+06`, `0.0001`, `1e-05`, `NaN`, `+Inf`.
 * A float label is series identity, so its text must match the exporter we replace exactly.
 */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return String(value);
}
