import { expose, type Family } from '@pgattest/runtime';
import { withConstantLabels } from './merge.ts';

/** Series handled without letting anything else run in between: some milliseconds. */
export const seriesPerTurn = 2000;

/** Lets everything else run that waits. */
export function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Families in parts of at most `seriesPerTurn` samples, in order; small ones are not taken apart. */
export function* partsOf(
  families: Iterable<Family>,
): Generator<{ readonly family: Family; readonly isFirst: boolean }> {
  for (const family of families) {
    for (let at = 0; at === 0 || at < family.samples.length; at += seriesPerTurn) {
      const isWhole = family.samples.length <= seriesPerTurn;
      const samples = isWhole ? family.samples : family.samples.slice(at, at + seriesPerTurn);
      yield { family: { ...family, samples }, isFirst: at === 0 };
    }
  }
}

/** Families as text, each series with the constant labels; lets others run in between when there is much. */
export async function exposeInTurns(
  families: Iterable<Family>,
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  let text = '';
  let series = 0;
  for (const { family, isFirst } of partsOf(families)) {
    const part = expose(withConstantLabels([family], labels));
    text += isFirst ? part : withoutHeader(part);
    series += family.samples.length;
    if (series < seriesPerTurn) continue;
    series = 0;
    await takeBreath();
  }
  return text;
}

/** A family's text without its HELP and TYPE lines: what follows belongs to the part before. */
function withoutHeader(text: string): string {
  return text.slice(text.indexOf('\n', text.indexOf('\n') + 1) + 1);
}
