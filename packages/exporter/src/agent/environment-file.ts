import { readFile } from 'node:fs/promises';
import { RuntimeError } from '@pgattest/runtime';

/** Variables of a file, as systemd's EnvironmentFile= reads it. */
export type FileEnvironment = Readonly<Record<string, string>>;

const assignment = /^\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=(?<value>.*)$/su;

/** Reads such a file. Errors: file_unreadable; config_invalid with file and line. */
export async function readEnvironmentFile(file: string): Promise<FileEnvironment> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read the environment file ${file}: ${reason}`, { cause: error });
  });
  return parseEnvironmentFile(text, file);
}

/**
 * `NAME=value` lines; `#` and `;` begin a comment line, a backslash at the end joins two lines, quotes group words and
 * are taken away (systemd.exec(5), EnvironmentFile=). Errors: config_invalid; values never appear in messages.
 */
export function parseEnvironmentFile(text: string, file: string): FileEnvironment {
  const found: Record<string, string> = {};
  for (const { line, words } of logicalLines(text)) {
    if (/^\s*(?:[#;]|$)/u.test(words)) continue;
    const { name, value } = assignment.exec(words)?.groups ?? {};
    const plain = value === undefined ? undefined : unquote(value.trim());
    if (name === undefined || plain === undefined) {
      const what = name === undefined ? 'is no NAME=value' : `${name} has a quote that does not end`;
      throw new RuntimeError(
        'config_invalid',
        `${file}:${String(line)}: ${what}; mend the line or make it a # comment`,
      );
    }
    found[name] = plain;
  }
  return found;
}

function logicalLines(text: string): readonly { readonly line: number; readonly words: string }[] {
  const lines: { readonly line: number; words: string }[] = [];
  let isOpen = false;
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const isComment: boolean = !isOpen && /^\s*[#;]/u.test(raw);
    const continues: boolean = !isComment && /(?<!\\)(?:\\\\)*\\$/u.test(raw);
    const words = continues ? raw.slice(0, -1) : raw;
    const last = lines.at(-1);
    if (isOpen && last !== undefined) last.words += words;
    else lines.push({ line: index + 1, words });
    isOpen = continues;
  }
  return lines;
}

function unquote(text: string): string | undefined {
  const words = splitWords(text, true);
  return words === undefined ? undefined : words.join(' ');
}

/**
 * The words of `$PG_EXPORTER_OPTS` on a systemd command line: split at blanks, quotes group. Undefined when a quote does
 * not end. `keepsBlanks` gives the whole text as one word, without its quotes.
 */
export function splitWords(text: string, keepsBlanks = false): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === undefined && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (char === quote) {
      quote = undefined;
    } else if (char === '\\' && quote !== "'" && at + 1 < text.length) {
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else if (quote === undefined && !keepsBlanks && /\s/u.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
