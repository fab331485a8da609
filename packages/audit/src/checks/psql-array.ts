/** An array of text as psql prints it: `{all,"a b",""}` (array_out: quotes where the word could be misread). */
export const psqlArray = (values: readonly string[]): string => `{${values.map(element).join(',')}}`;

const element = (value: string): string =>
  value === '' || /[{},"\\\s]/u.test(value) || /^null$/iu.test(value)
    ? `"${value.replaceAll(/["\\]/gu, String.raw`\$&`)}"`
    : value;
