/** One line of haproxy.cfg as HAProxy splits it, or why it cannot. */
export type ConfigWords =
  { readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly problem: string };

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Splits a line into words: blanks separate, `#` begins a comment, a backslash protects the next character, `'…'` keeps
 * everything, `"…"` keeps blanks. Environment variables are left as they are written: their values are the process's.
 * Source: HAProxy configuration manual 2.2, "Quoting and escaping".
 */
export function splitConfigLine(line: string): ConfigWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = undefined;
      else word = (word ?? '') + char;
    } else if (char === '\\') {
      const hex = /^x([0-9a-f]{2})/iu.exec(line.slice(at + 1))?.[1];
      const next = line.charAt(at + 1);
      if (next === '') return { ok: false, problem: 'it ends in a backslash' };
      word =
        (word ?? '') + (hex === undefined ? (escapes[next] ?? next) : String.fromCodePoint(Number.parseInt(hex, 16)));
      at += hex === undefined ? 1 : 3;
    } else if (char === '"') {
      quote = quote === undefined ? '"' : undefined;
      word ??= '';
    } else if (quote === '"') {
      word = (word ?? '') + char;
    } else if (char === "'") {
      quote = "'";
      word ??= '';
    } else if (char === '#') {
      break;
    } else if (/\s/u.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) return { ok: false, problem: `a quote (${quote}) is not closed` };
  return { ok: true, words: word === undefined ? words : [...words, word] };
}
