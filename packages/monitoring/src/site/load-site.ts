import { readFile } from 'node:fs/promises';
import { formatIssue, loadYaml, parseConfig, parseDurationMs, RuntimeError } from '@pgattest/runtime';
import { keyOf, siteSchema } from './site-schema.ts';
import { defaultSite, type RuleDialect, type Site, type SiteLanguage } from './site.ts';
import { thresholds } from './threshold.ts';

/** A site file as the schema lets it be: every key is optional. */
interface SiteFile {
  readonly rto?: string;
  readonly rpo_bytes?: number;
  readonly thresholds?: Readonly<Record<string, string | number>>;
  readonly labels?: Partial<Site['labels']>;
  readonly targets?: Partial<Site['targets']>;
  readonly vips?: Readonly<Record<string, string>>;
  readonly dashboards?: string;
  readonly language?: SiteLanguage;
  readonly dialect?: RuleDialect;
  readonly groups?: readonly string[];
}

/** Reads a site file. `groups` are those it may name. Errors: file_unreadable; config_invalid, every issue with its place. */
export async function loadSite(file: string, groups: readonly string[]): Promise<Site> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read the site file ${file}: ${reason}`, { cause: error });
  });
  const parsed = parseConfig<SiteFile>({ text, file, schema: siteSchema(groups) });
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  const site = siteOf(parsed.value);
  const doubled = doubledLabel(site.labels);
  if (doubled !== undefined) {
    const [first, second] = doubled;
    const message = `is "${site.labels[second]}", which is ${first} already; give each label a name of its own`;
    throw new RuntimeError(
      'config_invalid',
      `${file}:${placeOf(text, ['labels', second])} /labels/${second} ${message}`,
    );
  }
  return site;
}

const secondsOf = (duration: string): number => parseDurationMs(duration) / 1000;

function siteOf(given: SiteFile): Site {
  const limits = Object.entries(thresholds).map(([name, { value }]) => {
    const own = given.thresholds?.[keyOf(name)];
    return [name, typeof own === 'string' ? secondsOf(own) : (own ?? value)];
  });
  return {
    rtoSeconds: given.rto === undefined ? defaultSite.rtoSeconds : secondsOf(given.rto),
    rpoBytes: given.rpo_bytes ?? defaultSite.rpoBytes,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
    thresholds: Object.fromEntries(limits) as Site['thresholds'],
    labels: { ...defaultSite.labels, ...given.labels },
    targets: { ...defaultSite.targets, ...given.targets },
    vips: given.vips ?? defaultSite.vips,
    dashboardsUrl: (given.dashboards ?? defaultSite.dashboardsUrl).replace(/\/+$/, ''),
    language: given.language ?? defaultSite.language,
    dialect: given.dialect ?? defaultSite.dialect,
    groups: given.groups ?? defaultSite.groups,
  };
}

/** Two labels with one name: series could not be told apart by them. */
function doubledLabel(labels: Site['labels']): readonly [keyof Site['labels'], keyof Site['labels']] | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a Record<SiteLabel, …>
  const names = Object.keys(labels) as (keyof Site['labels'])[];
  for (const [index, second] of names.entries()) {
    const first = names.slice(0, index).find((name) => labels[name] === labels[second]);
    if (first !== undefined) return [first, second];
  }
  return undefined;
}

/** Line and column of a value, 1:1 where the file leaves it to the default. */
function placeOf(text: string, path: readonly string[]): string {
  const { LineCounter, parseDocument, isNode } = loadYaml();
  const lineCounter = new LineCounter();
  const node = parseDocument(text, { lineCounter, version: '1.2' }).getIn(path, true);
  const { line, col } = lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
}
