import type { ShellEvidence } from '../check.ts';
import type { FactId } from '../facts.ts';
import { shellQuote } from '../psql-command.ts';
import type { Text } from '../text.ts';

/** A word of a command as a shell reads it, quoted only where it must be. */
export const shellWord = (word: string): string => (/^[\w./:=@%+-]+$/u.test(word) ? word : shellQuote(word));

/** Evidence of a node's fact: `shell`, run on that node by whoever the collector ran as, prints `actual`. */
export const nodeEvidence = (
  fact: FactId,
  at: string,
  shell: string,
  actual: string,
  expected: Text,
  subject?: string,
): ShellEvidence => ({ fact, at, shell, actual, expected, ...(subject === undefined ? {} : { subject }) });

/** `0600` as `stat -c %a` prints it: `600`. */
export const statMode = (mode: string): string => mode.replace(/^0+(?=\d)/, '');

interface Seen {
  readonly path: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

/** Mode, owner and group of one file, links followed; nothing is printed where there is no such file. */
export const statEvidence = (fact: FactId, { path, mode, owner, group }: Seen, expected: Text): ShellEvidence =>
  nodeEvidence(
    fact,
    path,
    `stat -Lc '%a %U:%G' ${shellWord(path)} 2>/dev/null || true`,
    mode === undefined ? '' : `${statMode(mode)} ${owner ?? ''}:${group ?? ''}`,
    expected,
  );
