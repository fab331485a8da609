import { collectors, exporterSelfMetrics, ourCollectors, type AnyCollector, type Variant } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import { serverMajors } from '../servers/binaries.ts';
import { contractBranches, contractBuiltins, runsOn, splitBranches, type ContractBranch } from './contract-data.ts';
import { serverRoles, variantFor } from './server-role.ts';
import { morePrivileges, standIns, unrunnableBranches } from './unrunnable.ts';

/*
 * The promise to users of pg_exporter: the same names, types and labels on every version and in every role. Here as
 * data, against pg-exporter-contract.json; the other files of this folder ask real servers.
 */

const promisedBranches = Object.entries(contractBranches).filter(([, branch]) => branch.target === 'pg');

/** Ours in the place of theirs. What pg_exporter does not have is listed as such, or an unintended difference. */
const inTheirPlace = collectors.filter((collector) => !ourCollectors.includes(collector));

type Shapes = ReadonlyMap<string, { readonly type: string; readonly labels: string }>;

/** Metric name to type and labels, of everything a branch exposes. */
function promisedBy(branch: ContractBranch): Shapes {
  const labels = branch.labels.join(',');
  const shapes: readonly (readonly [string, { readonly type: string; readonly labels: string }])[] = [
    ...branch.gauges.map((name) => [name, { type: 'gauge', labels }] as const),
    ...branch.counters.map((name) => [name, { type: 'counter', labels }] as const),
    ...(branch.bucketGauges ?? []).map((name) => [name, { type: 'gauge', labels: `${labels},le` }] as const),
  ];
  return new Map(shapes);
}

function exposedBy(collector: AnyCollector, variant: Variant<string>): Shapes {
  const omitted = new Set(variant.omits);
  const metrics = [
    ...Object.entries(collector.m).flatMap(([key, metric]) => (omitted.has(key) ? [] : [metric])),
    ...Object.values(collector.h).flatMap(({ bucket, count, sum }) => [bucket, count, sum]),
  ];
  return new Map(metrics.map(({ name, kind, labels }) => [name, { type: kind, labels: labels.join(',') }] as const));
}

/** What differs, by kind of difference. */
function compare(promised: Shapes, exposed: Shapes): Readonly<Record<string, readonly string[]>> {
  const both = [...promised].flatMap(([name, theirs]) => {
    const ours = exposed.get(name);
    return ours === undefined ? [] : [{ name, theirs, ours }];
  });
  return {
    missing: [...promised.keys()].filter((name) => !exposed.has(name)),
    extra: [...exposed.keys()].filter((name) => !promised.has(name)),
    types: both.filter(({ theirs, ours }) => theirs.type !== ours.type).map(({ name }) => name),
    labels: both.filter(({ theirs, ours }) => theirs.labels !== ours.labels).map(({ name }) => name),
  };
}

describe('against the contract of pg_exporter 1.4', () => {
  const servers = [...serverMajors, 19].flatMap((major) => serverRoles.map((role) => [major, role] as const));

  test.each(servers)('PostgreSQL %i %s: nothing missing, no other type, no other labels', (major, role) => {
    const versionNum = major * 10_000 + 3;
    const promised = promisedBranches.flatMap(([, branch]) =>
      runsOn(branch, versionNum, role) ? [...promisedBy(branch)] : [],
    );
    const exposed = inTheirPlace.flatMap((collector) => {
      const variant = variantFor(collector, versionNum, role);
      return variant === undefined ? [] : [...exposedBy(collector, variant)];
    });
    expect(compare(new Map(promised), new Map(exposed))).toEqual({ missing: [], extra: [], types: [], labels: [] });
  });

  test('it has 55 collectors and 418 metrics, and so have we', () => {
    const names = inTheirPlace.flatMap(namesOf);
    const theirs = new Set(promisedBranches.flatMap(([, branch]) => [...promisedBy(branch).keys()]));
    expect(names.toSorted()).toEqual([...theirs].toSorted());
    expect({ collectors: inTheirPlace.length, metrics: names.length }).toEqual({ collectors: 55, metrics: 418 });
  });

  test('every branch has the versions, cache time, budget, order, conditions and fatality it has there', () => {
    const ours = inTheirPlace.flatMap((collector) => {
      const branches = new Map<string, Variant<string>[]>();
      for (const variant of collector.variants) {
        const name = splitBranches[variant.branch] ?? variant.branch;
        branches.set(name, [...(branches.get(name) ?? []), variant]);
      }
      return [...branches].map(([name, parts]) => [name, describeBranch(collector, parts)] as const);
    });
    const theirs = promisedBranches.map(([name, branch]) => {
      const { collector, minVersion, maxVersion, tags, ttl, timeout, fatal, skip, priority } = branch;
      return [name, { collector, minVersion, maxVersion, tags, ttl, timeout, fatal, skip, priority }] as const;
    });
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });

  test('what we have beyond it takes none of its names', () => {
    const names = new Set(promisedBranches.flatMap(([, branch]) => [...promisedBy(branch).keys()]));
    const ids = new Set(promisedBranches.flatMap(([name, branch]) => [name, branch.collector]));
    const builtins = new Set<string>(contractBuiltins.map(({ metric }) => metric));
    expect(ourCollectors.flatMap(namesOf).filter((name) => names.has(name) || builtins.has(name))).toEqual([]);
    const branches = ourCollectors.flatMap(({ id, variants }) => [id, ...variants.map(({ branch }) => branch)]);
    expect(branches.filter((name) => ids.has(name))).toEqual([]);
    // Theirs come first, so that ours never make them late.
    const last = Math.max(...inTheirPlace.map(({ priority }) => priority));
    expect(ourCollectors.filter(({ priority }) => priority <= last)).toEqual([]);
  });

  test('the exporter says the same about itself', () => {
    const ours = Object.fromEntries(
      Object.values(exporterSelfMetrics).map((metric) => [metric.name, { type: metric.kind, labels: metric.labels }]),
    );
    for (const { metric, type, labels } of contractBuiltins) expect(ours).toHaveProperty([metric], { type, labels });
  });
});

test('a branch that no server of the tests can run is named with its reason, and no other', () => {
  const versions = serverMajors.map((major) => major * 10_000 + 3);
  const runnable = (variant: Variant<string>): boolean =>
    versions.some((version) => version >= (variant.since ?? 0) && version < (variant.until ?? Infinity));
  const tooNew = collectors.flatMap(({ variants }) =>
    variants.filter((variant) => !runnable(variant)).map((variant) => variant.branch),
  );
  const foreign = collectors
    .filter(({ requires }) => requires?.extensions?.some((name) => name !== 'pg_stat_statements') === true)
    .flatMap(({ variants }) => variants.map((variant) => variant.branch));
  expect(Object.keys(unrunnableBranches).toSorted()).toEqual([...tooNew, ...foreign].toSorted());
});

test('a collector is off by default for a reason: it needs what an operator must provide', () => {
  const off = collectors.filter(({ skippedByDefault }) => skippedByDefault === true).map(({ id }) => id);
  // Those with a predicate find out themselves whether they were granted it.
  const guarded = collectors.filter(({ predicates }) => predicates !== undefined).map(({ id }) => id);
  const reasons = [...Object.keys(standIns), ...Object.keys(morePrivileges), 'pg_tsdb_hypertable'];
  expect(off.toSorted()).toEqual(reasons.filter((id) => off.includes(id) || !guarded.includes(id)).toSorted());
});

function namesOf(collector: AnyCollector): readonly string[] {
  return [
    ...Object.values(collector.m).map(({ name }) => name),
    ...Object.values(collector.h).flatMap(({ bucket, count, sum }) => [bucket.name, count.name, sum.name]),
  ];
}

/** What a planner must know, in the contract's words; the parts of a split branch as the one they make up. */
function describeBranch(collector: AnyCollector, parts: readonly Variant<string>[]): unknown {
  const since = parts.map((variant) => variant.since ?? 0);
  const until = parts.map((variant) => variant.until ?? Infinity);
  const last = Math.max(...until);
  const { requires } = collector;
  return {
    collector: collector.id,
    minVersion: Math.min(...since),
    maxVersion: last === Infinity ? null : last,
    tags: [
      ...(collector.scope === 'instance' ? ['cluster'] : []),
      ...(parts[0]?.role === undefined ? [] : [parts[0].role]),
      ...(requires?.database === undefined ? [] : [`dbname:${requires.database}`]),
      ...(requires?.extensions ?? []).map((name) => `extension:${name}`),
      ...(requires?.schemas ?? []).map((name) => `schema:${name}`),
    ],
    ttl: collector.cacheSeconds,
    timeout: collector.timeoutSeconds,
    fatal: collector.fatal ?? false,
    skip: collector.skippedByDefault ?? false,
    priority: collector.priority,
  };
}
