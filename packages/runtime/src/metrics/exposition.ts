import type { Family, Sample } from './family.ts';

/** Content type of what `expose` writes: the Prometheus text format 0.0.4. */
export const expositionContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Labels by name, with values that are the same for every series. */
export type ConstantLabels = Readonly<Record<string, string>>;

/** Writes families piece by piece, for a caller who has others to serve in between. */
export interface ExpositionWriter {
  /** HELP and TYPE of a family; the samples that are written next are its own. */
  header(family: Family): string;
  /** The samples from one index up to another. */
  samples(from: number, to: number): string;
}

/**
 * Families as Prometheus text 0.0.4, families and samples in the order given; a family without samples is left out.
 * Constant labels come after a family's own. Duplicate series are the caller's business: `merge` has named and dropped
 * them before.
 */
export function expose(families: Iterable<Family>, constants: ConstantLabels = {}): string {
  const writer = createExpositionWriter(constants);
  let text = '';
  for (const family of families) {
    if (family.samples.length > 0) text += writer.header(family) + writer.samples(0, family.samples.length);
  }
  return text;
}

/** Makes a writer of one text. */
export function createExpositionWriter(constants: ConstantLabels = {}): ExpositionWriter {
  const added = Object.entries(constants).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  let family: Family | undefined;
  // Families of one collector share the label tuples of their rows: what was written of a tuple is written again.
  let before: readonly Sample[] = [];
  let textsBefore: readonly string[] = [];
  let texts: string[] = [];

  const textOf = ({ labels }: Sample, labelNames: readonly string[]): string => {
    const pairs = labelNames.map((name, at) => `${name}="${escapeLabel(labels[at] ?? '')}"`).concat(added);
    return pairs.length === 0 ? ' ' : `{${pairs.join()}} `;
  };
  return {
    header(next) {
      const isAlike = family !== undefined && areEqual(family.labelNames, next.labelNames);
      before = isAlike ? (family?.samples ?? []) : [];
      textsBefore = isAlike ? texts : [];
      texts = [];
      family = next;
      const { name, help, kind } = next;
      return `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${kind}\n`;
    },
    samples(from, to) {
      if (family === undefined) return '';
      const { name, labelNames, samples } = family;
      let text = '';
      for (let at = from; at < to; at += 1) {
        const sample = samples[at];
        if (sample === undefined) break;
        const labelText = before[at]?.labels === sample.labels ? (textsBefore[at] ?? '') : textOf(sample, labelNames);
        texts.push(labelText);
        text += `${name}${labelText}${formatValue(sample.value)}\n`;
      }
      return text;
    },
  };
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some === others || (some.length === others.length && some.every((name, at) => name === others[at]));
}

function escapeHelp(help: string): string {
  return /[\\\n]/.test(help) ? help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n') : help;
}

function escapeLabel(value: string): string {
  return /[\\\n"]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"') : value;
}

function formatValue(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
