/**
 * Text that shows all it holds. Names of roles and databases are chosen by whoever may create one: a control character
 * would drive the reader's terminal, a direction mark would show a name as another. Both become visible: `\x1b`,
 * `\u{202e}`. Line breaks and tabs stay.
 */
export const printable = (text: string): string => text.replaceAll(hidden, escaped);

/** The same, on one line: a line break inside a name would otherwise begin a line that looks like ours. */
export const printableLine = (text: string): string => printable(text).replaceAll('\n', String.raw`\n`);

const hidden = /(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}
