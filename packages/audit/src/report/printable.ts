/**
 * Text that shows all it holds. Names of roles and databases are chosen by whoever may create one: a control character
 * would drive the reader's terminal, a direction mark would show a name as another. Both become visible: `\x1b`,
 * `\u{202e}`. Line breaks and tabs stay.
 */
export const printable = (text: string): string => text.replaceAll(hidden, escaped);

/** The same, on one line: a line break inside a name would otherwise begin a line that looks like ours. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', String.raw`\n`);

/**
 * Control characters but line breaks and tabs, and direction marks. One class of ranges without look-ahead: whole reports
 * go through it.
 */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const hidden = /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}
