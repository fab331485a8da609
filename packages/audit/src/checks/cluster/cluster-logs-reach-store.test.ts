import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterLogsReachStore } from './cluster-logs-reach-store.ts';

type Canary = Observation<FactMap['pg.log-canary']>;
const word = 'pgattest-canary-00000000-111111111111';
const canary = (changes: Partial<NonNullable<FactMap['pg.log-canary']>> = {}): Canary =>
  ok({ word, foundAfterSeconds: 1, waitedSeconds: 1, earlierFound: null, ...changes });
const judge = (...canaries: readonly Canary[]) =>
  clusterLogsReachStore.evaluate(
    {
      'monitoring.log-store': new Map([
        ['pg-test.monitoring', ok({ product: 'victoria-logs', configured: '180d', days: 180, maxSize: null } as const)],
      ]),
      'pg.log-canary': new Map(canaries.map((item, index) => [`pg-test-${index + 1}`, item])),
    },
    clusterLogsReachStore.params,
    seenAt,
  );
const lost = { foundAfterSeconds: null, waitedSeconds: 7 };

test.each<readonly [string, string, readonly Canary[]]>([
  ['hardened', 'pass', [canary(), canary()]],
  ['weak: one server is not shipped', 'fail', [canary(), canary({ ...lost, earlierFound: false })]],
  ['late, but earlier ones came', 'warn', [canary({ ...lost, earlierFound: true })]],
  ['slow', 'warn', [canary({ foundAfterSeconds: 400 })]],
  ['a server did not answer', 'undecided', [canary(), unreachable]],
  ['lost on one, silent on the other', 'fail', [canary({ ...lost, earlierFound: false }), unreachable]],
  ['evidence from before the store was declared', 'undecided', [ok(null)]],
])('%s: %s', (_, outcome, canaries) => {
  expect(judge(...canaries).outcome).toBe(outcome);
});

test('the evidence is the word, found in the store', () => {
  expect(evidenceLines(judge(canary()))).toEqual([`pg-test.monitoring line with ${word}=${word}`]);
});
