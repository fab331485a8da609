import { readFileSync } from 'node:fs';
import type { Scrape } from '../../e2e/exporter-harness.ts';
import { contractBranches, contractBuiltins } from '../contract-data.ts';

/** What a metric is promised to be; labels sorted. */
export interface Promised {
  readonly type: string;
  readonly labels: readonly string[];
}

interface CommunityContract {
  readonly metrics: readonly {
    readonly name: string;
    readonly type: string;
    readonly labels: readonly string[];
    readonly sinceMinor: number | null;
  }[];
  readonly legacy: readonly { readonly old: string; readonly now: string }[];
}

const file = new URL('community-contract.json', import.meta.url);
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own file; a wrong shape fails the tests
export const communityContract = JSON.parse(readFileSync(file, 'utf8')) as CommunityContract;

/** Every metric that pg_exporter gives of PgBouncer 1.`minor`, its built-in ones included. */
export function promisedByPgExporter(minor: number): ReadonlyMap<string, Promised> {
  const version = 10_000 + minor * 100 + 1;
  const ofBranches = Object.values(contractBranches)
    .filter(({ target }) => target === 'pgbouncer')
    .filter(({ minVersion, maxVersion }) => version >= (minVersion ?? 0) && version < (maxVersion ?? Infinity))
    .flatMap(({ gauges, counters, labels }) => [
      ...gauges.map((name) => [name, { type: 'gauge', labels: labels.toSorted() }] as const),
      ...counters.map((name) => [name, { type: 'counter', labels: labels.toSorted() }] as const),
    ]);
  // No collector of PgBouncer has a predicate.
  const builtins = contractBuiltins
    .filter(({ metric }) => !metric.endsWith('predicate_skip_count'))
    .map(
      ({ metric, type, labels }) =>
        [metric.replace(/^pg_/u, 'pgbouncer_'), { type, labels: labels.toSorted() }] as const,
    );
  return new Map([...ofBranches, ...builtins]);
}

/** Every metric that the community exporter gives of PgBouncer 1.`minor`. */
export function promisedByCommunity(minor: number): ReadonlyMap<string, Promised> {
  return new Map(
    communityContract.metrics
      .filter(({ sinceMinor }) => sinceMinor !== null && sinceMinor <= minor)
      .map(({ name, type, labels }) => [name, { type, labels }]),
  );
}

/** What is missing from a page or is something else there; `optional` may be missing. */
export function differences(
  promised: ReadonlyMap<string, Promised>,
  page: Scrape,
  optional: readonly string[] = [],
): readonly string[] {
  return [...promised].flatMap(([name, { type, labels }]) => {
    const family = page.families.find((one) => one.name === name);
    if (family === undefined) return optional.includes(name) ? [] : [`${name} is missing`];
    const shape = `${family.kind} ${family.labelNames.toSorted().join(',')}`;
    const wanted = `${type} ${labels.join(',')}`;
    return shape === wanted ? [] : [`${name} is ${shape}, not ${wanted}`];
  });
}
