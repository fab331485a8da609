import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './audit-run.ts';
import type { ExpectedVerdict, State } from './weakness.ts';

/** What became of one weakness. */
export interface WeaknessRow {
  readonly group: string;
  readonly id: string;
  readonly sentence: string;
  readonly on: string;
  readonly expected: readonly ExpectedVerdict[];
  readonly surprises: readonly string[];
  /** Runs of the auditor until the verdicts were as expected. */
  readonly runs: number;
  readonly ms: number;
}

/** The hardened lab before the first weakness. */
export interface BaselineSummary {
  readonly states: Readonly<Record<string, number>>;
  readonly standing: readonly (Pick<Verdict, 'check' | 'subject' | 'state' | 'reason'> & { readonly why: string })[];
  readonly undecided: readonly {
    readonly check: string;
    readonly subject: string;
    readonly probe: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Where the results of the last run are: below the repository, ignored by git. */
export const weaknessResultDirectory = new URL('../../../.pgattest/weaknesses/', import.meta.url).pathname;

/** Writes both forms; called after every weakness, so that a run that was stopped shows what it found. */
export function saveResults(baseline: BaselineSummary, rows: readonly WeaknessRow[]): void {
  mkdirSync(weaknessResultDirectory, { recursive: true });
  const document = { schemaVersion: 1, baseline, weaknesses: rows };
  writeFileSync(join(weaknessResultDirectory, 'results.json'), `${JSON.stringify(document, undefined, 2)}\n`);
  writeFileSync(join(weaknessResultDirectory, 'results.md'), renderResults(baseline, rows));
}

/** The number of verdicts in each state. */
export function countStates(verdicts: Iterable<Pick<Verdict, 'state'>>): Readonly<Partial<Record<State, number>>> {
  const counts: Partial<Record<State, number>> = {};
  for (const { state } of verdicts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function renderResults({ states, standing, undecided }: BaselineSummary, rows: readonly WeaknessRow[]): string {
  const found = rows.filter(({ surprises }) => surprises.length === 0).length;
  const minutes = rows.reduce((sum, { ms }) => sum + ms, 0) / 60_000;
  return [
    '# The hardened lab',
    '',
    Object.entries(states)
      .map(([state, count]) => `${count} ${state}`)
      .join(', '),
    '',
    table(
      ['standing finding', 'state', 'reason', 'why the lab is not without it'],
      standing.map(({ check, subject, state, reason, why }) => [`${check}/${subject}`, state, reason, why]),
    ),
    '',
    table(
      ['not decided', 'code', 'reason'],
      undecided.map(({ check, subject, code, message }) => [`${check}/${subject}`, code, message]),
    ),
    '',
    '# Weaknesses',
    '',
    `${found} of ${rows.length} were found by exactly the checks that should find them, in ${minutes.toFixed(1)} minutes.`,
    '',
    table(
      ['group', 'weakness', 'what it means', 'on', 'found by', 'runs', 'seconds', 'else'],
      rows.map(({ group, id, sentence, on, expected, surprises, runs, ms }) => [
        group,
        id,
        sentence,
        on,
        expected.map(({ check, subject, state }) => `${check}/${subject} ${state}`).join(', '),
        String(runs),
        (ms / 1_000).toFixed(0),
        surprises.join('; '),
      ]),
    ),
    '',
  ].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`)
    .join('\n');
