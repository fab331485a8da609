import { defineCollector, gauge } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { describeCollectors, explainPlan } from './explain.ts';
import { plan } from './plan.ts';

const slots = defineCollector({
  id: 'pg_x',
  source: 'postgres',
  scope: 'instance',
  help: 'A "test" collector',
  cacheSeconds: 10,
  timeoutSeconds: 0.5,
  priority: 100,
  labels: { name: 'Who' },
  metrics: { old: gauge('count', 'In every version'), fresh: gauge('count', 'Since 16') },
  variants: [
    { branch: 'pg_x_16', since: 160000, sql: '\nSELECT name,\n  old, fresh\nFROM x' },
    { branch: 'pg_x_10', until: 160000, role: 'primary', omits: ['fresh'], sql: 'SELECT name, old FROM x' },
  ],
});

test('a plan names the server, what runs with its SQL, and what does not with the reason', () => {
  const facts = {
    versionNum: 180004,
    role: 'replica',
    database: 'app',
    currentUser: 'monitor',
    isDiscovered: false,
    inventory: undefined,
  } as const;
  const text = explainPlan(facts, plan(facts, [slots], { enabled: new Set(), disabled: new Set(), tags: new Set() }));
  expect(text).toMatchInlineSnapshot(`
    "# server 180004, replica, database app, user monitor
    # extensions and schemas could not be read
    # 1 planned, 1 skipped

    planned:
      pg_x_16:
        name: pg_x
        desc: "A \\"test\\" collector"
        scope: instance
        min_version: 160000
        ttl: 10
        timeout: 0.5
        fatal: false
        priority: 100
        labels: [name]
        metrics: [old, fresh]
        query: |
          SELECT name,
            old, fresh
          FROM x

    skipped:
      pg_x_10:
        name: pg_x
        reason: server_too_new
        detail: "needs version before 160000, server is 180004"
    "
  `);
});

test('a dry run lists every variant with its versions, its role and the metrics it has', () => {
  expect(describeCollectors([slots])).toMatchInlineSnapshot(`
    "collectors:
      pg_x_16:
        name: pg_x
        desc: "A \\"test\\" collector"
        scope: instance
        min_version: 160000
        ttl: 10
        timeout: 0.5
        fatal: false
        priority: 100
        labels: [name]
        metrics: [old, fresh]
        query: |
          SELECT name,
            old, fresh
          FROM x
      pg_x_10:
        name: pg_x
        desc: "A \\"test\\" collector"
        scope: instance
        role: primary
        max_version: 160000
        ttl: 10
        timeout: 0.5
        fatal: false
        priority: 100
        labels: [name]
        metrics: [old]
        query: |
          SELECT name, old FROM x
    "
  `);
});
