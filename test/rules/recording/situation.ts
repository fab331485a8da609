import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What was scraped, and what is recorded of it at one moment. */
export interface Situation {
  readonly when: string;
  /** How often samples are taken and rules evaluated, 10 s if not said. */
  readonly every?: string;
  /** Series text to promtool values, sampled from the epoch on. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  /** Recorded names to their samples: labels to value. No samples: nothing is recorded. */
  readonly gives: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface SituationFile {
  /** Label sets by a short name, written `<name>` in the series and samples of the file. */
  readonly labels: Readonly<Record<string, string>>;
  readonly situations: readonly Situation[];
}

/** `a(b|c)d` is `abd` and `acd`. */
export function alternatives(text: string): readonly string[] {
  const found = /\(([^()]+)\)/.exec(text);
  if (found === null) return [text];
  const [whole, choices = ''] = found;
  return choices
    .split('|')
    .flatMap((choice) =>
      alternatives(text.slice(0, found.index) + choice + text.slice(found.index + whole.length)),
    );
}

/** The situations of one file, written out: no alternatives, no short names. */
export function readSituations(path: string): readonly Situation[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own test data; a wrong shape fails the test
  const { labels, situations } = parse(readFileSync(path, 'utf8')) as SituationFile;
  const fillIn = (text: string): string =>
    text.replaceAll(/<(\w+)>/g, (_all, name: string) => {
      const set = labels[name];
      if (set === undefined) throw new Error(`${path} has no label set called ${name}`);
      return set;
    });
  return situations.map(({ series, gives, ...rest }) => ({
    ...rest,
    series: Object.fromEntries(
      Object.entries(series).flatMap(([text, values]) => alternatives(text).map((one) => [fillIn(one), values])),
    ),
    gives: Object.fromEntries(
      Object.entries(gives).flatMap(([names, samples]) =>
        alternatives(names).map((name) => [
          name,
          Object.fromEntries(Object.entries(samples).map(([text, value]) => [fillIn(text), value])),
        ]),
      ),
    ),
  }));
}

/** Files of situations in this folder. */
export const situationFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name));
