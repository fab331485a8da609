import type { Family, Sample } from './family.ts';

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const number = /^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|Inf|NaN)$/;

interface OpenFamily {
  readonly name: string;
  help: string | undefined;
  kind: Family['kind'] | undefined;
  labelNames: readonly string[] | undefined;
  readonly samples: Sample[];
  readonly seen: Set<string>;
}

interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/**
 * Reads Prometheus text 0.0.4 back into families, strictly: gauges and counters only, HELP and TYPE before samples,
 * families not interleaved, no duplicate series, no timestamps. Throws an Error that names the line.
 */
export function parseExposition(text: string): readonly Family[] {
  const families = new Map<string, OpenFamily>();
  let current: OpenFamily | undefined;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else if (text !== '') throw problem(lines.length, 'the last line must end with a newline');

  const enter = (name: string, lineNumber: number): OpenFamily => {
    if (current?.name === name) return current;
    if (families.has(name)) throw problem(lineNumber, `family ${name} continues after another family`);
    current = { name, help: undefined, kind: undefined, labelNames: undefined, samples: [], seen: new Set() };
    families.set(name, current);
    return current;
  };

  for (const [index, line] of lines.entries()) {
    const lineNumber = index + 1;
    if (line.trim() === '') continue;
    if (line.startsWith('#')) readComment(line, lineNumber, enter);
    else {
      const series = readSeries(line, lineNumber);
      const family = enter(series.name, lineNumber);
      if (family.kind === undefined) throw problem(lineNumber, `no TYPE before the first sample of ${series.name}`);
      addSample(family, series, lineNumber);
    }
  }
  return [...families.values()].map(closeFamily);
}

function readComment(line: string, lineNumber: number, enter: (name: string, lineNumber: number) => OpenFamily): void {
  const match = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*)(?: (.*))?$/s.exec(line);
  if (match === null) {
    if (/^# (?:HELP|TYPE)\b/.test(line)) throw problem(lineNumber, 'malformed HELP or TYPE line');
    return;
  }
  const [, word, name = '', rest = ''] = match;
  const family = enter(name, lineNumber);
  if (family.samples.length > 0) throw problem(lineNumber, `${word ?? ''} of ${name} after its samples`);
  if (word === 'HELP') {
    if (family.help !== undefined) throw problem(lineNumber, `second HELP of ${name}`);
    family.help = unescapeText(rest, lineNumber, false);
    return;
  }
  if (family.kind !== undefined) throw problem(lineNumber, `second TYPE of ${name}`);
  if (rest !== 'gauge' && rest !== 'counter') {
    throw problem(lineNumber, `type ${rest === '' ? '(none)' : rest} of ${name} is not gauge or counter`);
  }
  family.kind = rest;
}

function readSeries(line: string, lineNumber: number): Series {
  const name = metricName.exec(line)?.[0];
  if (name === undefined) throw problem(lineNumber, 'no metric name');
  let rest = line.slice(name.length);
  const labels = new Map<string, string>();
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    while (!rest.startsWith('}')) {
      const label = labelName.exec(rest)?.[0];
      if (label === undefined) throw problem(lineNumber, `no label name in ${name}`);
      const value = /^="((?:[^"\\]|\\.)*)"(?:,|(?=\}))/s.exec(rest.slice(label.length));
      if (value === null) throw problem(lineNumber, `malformed value of label ${label}`);
      if (labels.has(label)) throw problem(lineNumber, `label ${label} twice`);
      labels.set(label, unescapeText(value[1] ?? '', lineNumber, true));
      rest = rest.slice(label.length + value[0].length);
    }
    rest = rest.slice(1);
  }
  const words = rest.split(/[ \t]+/).filter((word) => word !== '');
  const [word] = words;
  if (word === undefined || words.length > 1 || !number.test(word) || !/^[ \t]/.test(rest)) {
    throw problem(lineNumber, `expected one value after ${name}`);
  }
  return { name, labels, value: Number(word.replace('Inf', 'Infinity')) };
}

function addSample(family: OpenFamily, series: Series, lineNumber: number): void {
  family.labelNames ??= [...series.labels.keys()];
  if (series.labels.size !== family.labelNames.length) {
    throw problem(lineNumber, `labels of ${series.name} differ within the family`);
  }
  const labels = family.labelNames.map((label) => {
    const value = series.labels.get(label);
    if (value === undefined) throw problem(lineNumber, `${series.name} lacks label ${label}`);
    return value;
  });
  const key = JSON.stringify(labels);
  if (family.seen.has(key)) throw problem(lineNumber, `duplicate series of ${series.name}`);
  family.seen.add(key);
  family.samples.push({ labels, value: series.value });
}

function closeFamily(family: OpenFamily): Family {
  return {
    name: family.name,
    kind: family.kind ?? 'gauge',
    help: family.help ?? '',
    labelNames: family.labelNames ?? [],
    samples: family.samples,
  };
}

function unescapeText(text: string, lineNumber: number, quoted: boolean): string {
  return text.replaceAll(/\\(.?)/gs, (_, character: string) => {
    if (character === 'n') return '\n';
    if (character === '\\') return '\\';
    if (character === '"' && quoted) return '"';
    throw problem(lineNumber, `unknown escape \\${character}`);
  });
}

function problem(lineNumber: number, message: string): Error {
  return new Error(`exposition line ${lineNumber}: ${message}`);
}
