import { defineCollector, gauge, type AnyCollector } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import type { ServerFacts } from './facts.ts';
import { plan, unplannedCollectors, type PlanPolicy } from './plan.ts';

const primary: ServerFacts = {
  versionNum: 180004,
  role: 'primary',
  database: 'app',
  currentUser: 'monitor',
  isDiscovered: false,
  inventory: { databases: ['app'], schemas: ['public'], extensions: ['plpgsql'] },
};
const anything: PlanPolicy = { enabled: new Set(), disabled: new Set(), tags: new Set() };

function collector(id: string, change: Partial<AnyCollector> = {}): AnyCollector {
  const spec = defineCollector({
    id,
    source: 'postgres',
    scope: 'instance',
    help: 'A test collector',
    cacheSeconds: 10,
    timeoutSeconds: 1,
    priority: 100,
    labels: {},
    metrics: { value: gauge('count', 'A value') },
    variants: [{ branch: id, sql: 'SELECT 1 AS value' }],
  });
  return { ...spec, ...change };
}

const branches = (facts: ServerFacts, collectors: readonly AnyCollector[], policy = anything): readonly string[] =>
  plan(facts, collectors, policy).planned.map(({ variant }) => variant.branch);

describe('what runs', () => {
  test('the variant for the version of the server, its lower bound included, its upper bound not', () => {
    const versions = collector('pg_x', {
      variants: [
        { branch: 'x_14', since: 140000, sql: '' },
        { branch: 'x_12', since: 120000, until: 140000, sql: '' },
      ],
    });
    expect(branches({ ...primary, versionNum: 140000 }, [versions])).toEqual(['x_14']);
    expect(branches({ ...primary, versionNum: 139999 }, [versions])).toEqual(['x_12']);
    expect(branches({ ...primary, versionNum: 119999 }, [versions])).toEqual([]);
  });

  test('the variant for the role of the server', () => {
    const roles = collector('pg_x', {
      variants: [
        { branch: 'x_primary', role: 'primary', sql: '' },
        { branch: 'x_replica', role: 'replica', sql: '' },
      ],
    });
    expect(branches(primary, [roles])).toEqual(['x_primary']);
    expect(branches({ ...primary, role: 'replica' }, [roles])).toEqual(['x_replica']);
  });

  test('of several fitting variants only the first listed', () => {
    const both = collector('pg_x', {
      variants: [
        { branch: 'first', sql: '' },
        { branch: 'second', sql: '' },
      ],
    });
    expect(branches(primary, [both])).toEqual(['first']);
    expect(plan(primary, [both], anything).skipped).toMatchObject([{ branch: 'second', reason: 'other_variant' }]);
  });

  test('fatal collectors first, then by priority, then in the order they are listed', () => {
    const all = [
      collector('pg_b', { priority: 200 }),
      collector('pg_a', { priority: 200 }),
      collector('pg_late', { priority: 300, fatal: true }),
      collector('pg_early', { priority: 100 }),
    ];
    expect(branches(primary, all)).toEqual(['pg_late', 'pg_early', 'pg_b', 'pg_a']);
    expect(branches(primary, all.toReversed())).toEqual(['pg_late', 'pg_early', 'pg_a', 'pg_b']);
  });

  test('every collector of an id, each under a name of its own', () => {
    const other = collector('pg_x', { variants: [{ branch: 'pg_x_more', sql: '' }] });
    const { planned } = plan(primary, [collector('pg_x'), other], anything);
    expect(planned.map(({ name }) => name)).toEqual(['pg_x', 'pg_x_more']);
  });

  test('a collector that is off by default when configuration switches it on', () => {
    const off = collector('pg_x', { skippedByDefault: true });
    expect(branches(primary, [off])).toEqual([]);
    expect(branches(primary, [off], { ...anything, enabled: new Set(['pg_x']) })).toEqual(['pg_x']);
  });
});

describe('every variant that does not run has a reason', () => {
  test.each<[string, AnyCollector, Partial<ServerFacts>, Partial<PlanPolicy>]>([
    ['wrong_source', collector('pgbouncer_x', { source: 'pgbouncer' }), {}, {}],
    ['disabled', collector('pg_x'), {}, { disabled: new Set(['pg_x']), tags: new Set() }],
    ['not_enabled', collector('pg_x', { skippedByDefault: true }), {}, {}],
    ['once_per_instance', collector('pg_x'), { isDiscovered: true }, {}],
    ['server_too_old', collector('pg_x', { variants: [{ branch: 'x', since: 190000, sql: '' }] }), {}, {}],
    ['server_too_new', collector('pg_x', { variants: [{ branch: 'x', until: 180000, sql: '' }] }), {}, {}],
    ['wrong_role', collector('pg_x', { variants: [{ branch: 'x', role: 'replica', sql: '' }] }), {}, {}],
    ['missing_extension', collector('pg_x', { requires: { extensions: ['timescaledb'] } }), {}, {}],
    ['missing_schema', collector('pg_x', { requires: { schemas: ['monitor'] } }), {}, {}],
    ['inventory_unknown', collector('pg_x', { requires: { schemas: ['public'] } }), { inventory: undefined }, {}],
  ])('%s', (reason, spec, facts, policy) => {
    const result = plan({ ...primary, ...facts }, [spec], { ...anything, ...policy });
    expect(result.planned).toEqual([]);
    expect(result.skipped.map((skip) => skip.reason)).toEqual([reason]);
    expect(result.skipped[0]?.detail).not.toBe('');
  });

  test('a collector without needs runs although the catalogues could not be read', () => {
    expect(branches({ ...primary, inventory: undefined }, [collector('pg_x')])).toEqual(['pg_x']);
  });

  test('an extension created since the last scrape is seen by the next plan', () => {
    const needs = collector('pg_x', { requires: { extensions: ['timescaledb'] } });
    const inventory = { databases: [], schemas: [], extensions: ['plpgsql', 'timescaledb'] };
    expect(branches({ ...primary, inventory }, [needs])).toEqual(['pg_x']);
  });

  test('a collector of which no variant runs is told once, by the reason nearest to running', () => {
    const slots = collector('pg_slot', {
      variants: [
        { branch: 'slot_16', since: 160000, sql: '' },
        { branch: 'slot_14', since: 140000, until: 160000, role: 'primary', sql: '' },
      ],
    });
    const replica14: ServerFacts = { ...primary, versionNum: 140010, role: 'replica' };
    expect(unplannedCollectors(plan(replica14, [slots, collector('pg_x')], anything))).toMatchObject([
      { branch: 'slot_14', reason: 'wrong_role' },
    ]);
  });
});

const refusalOf = (requires: NonNullable<AnyCollector['requires']>, tags: readonly string[] = []) =>
  plan(primary, [collector('pg_x', { requires })], { ...anything, tags: new Set(tags) }).skipped[0]?.reason;

describe('conditions', () => {
  test.each<[NonNullable<AnyCollector['requires']>, readonly string[], string | undefined]>([
    [{ database: 'app' }, [], undefined],
    [{ database: 'sales' }, [], 'other_database'],
    [{ user: 'monitor' }, [], undefined],
    [{ user: 'postgres' }, [], 'other_user'],
    [{ tags: ['infra'] }, ['infra'], undefined],
    [{ tags: ['infra'] }, [], 'missing_tag'],
    [{ notTags: ['infra'] }, ['infra'], 'unwanted_tag'],
    [{ notTags: ['infra'] }, [], undefined],
  ])('%j with tags %j: %s', (requires, tags, reason) => {
    expect(refusalOf(requires, tags)).toBe(reason);
  });
});
