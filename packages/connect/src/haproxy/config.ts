import { ConnectError } from '../errors.ts';
import { splitConfigLine } from './config-words.ts';
import { redactConfigWords } from './config-secrets.ts';

/** One instruction of haproxy.cfg. */
export interface HaproxyDirective {
  /** Counts from 1. */
  readonly line: number;
  /** `['server', 'pg-test-1', '10.0.0.11:6432', 'check']`; a secret reads `***`. */
  readonly words: readonly string[];
  /** The line without leading blanks, as `sed` prints it; of a line with a secret, its words. */
  readonly text: string;
  readonly isRedacted: boolean;
}

/** A section: `global`, `defaults`, `listen pg-test-primary`. */
export interface HaproxySection {
  readonly kind: string;
  readonly name: string | null;
  /** Name of the defaults section it says it takes its defaults from. */
  readonly from: string | null;
  readonly line: number;
  /** Last line that belongs to it. */
  readonly endLine: number;
  readonly directives: readonly HaproxyDirective[];
}

/** One file of a configuration. Secrets are not in it. */
export interface HaproxyConfigFile {
  readonly sections: readonly HaproxySection[];
  /** True where `.if` makes parts of it depend on what the process was started with. */
  readonly isConditional: boolean;
}

const sectionKinds: ReadonlySet<string> = new Set(
  (
    'global defaults frontend backend listen userlist peers resolvers mailers program http-errors ring log-forward ' +
    'cache fcgi-app crt-store traces log-profile acme'
  ).split(' '),
);

/**
 * Reads one file of HAProxy 2.x and 3.x. `name` is what errors call it. Errors: invalid_data naming file and line, for an
 * open quote, or an instruction before the first section.
 */
export function parseHaproxyConfig(text: string, name = 'haproxy.cfg'): HaproxyConfigFile {
  const sections: { -readonly [K in keyof HaproxySection]: HaproxySection[K] }[] = [];
  const directives: HaproxyDirective[][] = [];
  const lines = text.split('\n');
  let isConditional = false;
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const split = splitConfigLine(raw);
    if (!split.ok) throw new ConnectError('invalid_data', `${name} line ${line}: ${split.problem}; correct the line`);
    const [first] = split.words;
    if (first === undefined) continue;
    if (/^\.(?:if|elif|else|endif|diag|notice|warning|alert)$/u.test(first)) {
      isConditional = true;
      continue;
    }
    const last = sections.at(-1);
    if (sectionKinds.has(first)) {
      if (last !== undefined) last.endLine = line - 1;
      const [, second, third, fourth] = split.words;
      const from = second === 'from' ? third : third === 'from' ? fourth : undefined;
      const title = second === 'from' ? undefined : second;
      directives.push([]);
      sections.push({ kind: first, name: title ?? null, from: from ?? null, line, endLine: line, directives: [] });
      continue;
    }
    if (last === undefined) {
      throw new ConnectError('invalid_data', `${name} line ${line}: "${first}" stands before the first section`);
    }
    const { words, isRedacted } = redactConfigWords(last.kind, split.words);
    directives.at(-1)?.push({ line, words, text: isRedacted ? words.join(' ') : raw.trimStart(), isRedacted });
  }
  const last = sections.at(-1);
  if (last !== undefined) last.endLine = text.endsWith('\n') ? lines.length - 1 : lines.length;
  return {
    sections: sections.map((section, index) => ({ ...section, directives: directives[index] ?? [] })),
    isConditional,
  };
}
