import { expect, test } from 'vitest';
import { hbaFact, hbaRule } from '../hba.fixture.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterHbaIdentical } from './cluster-hba-identical.ts';

const judge = (members: Readonly<Record<string, ReturnType<typeof hbaFact>>>) =>
  clusterHbaIdentical.evaluate(
    { 'pg.hba': new Map(Object.entries(members).map(([name, hba]) => [name, ok(hba)])) },
    clusterHbaIdentical.params,
    seenAt,
  );

test('a rule on one member alone fails, with the member and the line', () => {
  const verdict = judge({
    'pg-1': hbaFact('local all all peer'),
    'pg-2': hbaFact('local all all peer', 'host all all all trust'),
  });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['pg-2 line 2=2|host|{all}|{all}|all||trust']);
});

test('the same rules pass and are shown for each member', () => {
  const verdict = judge({ 'pg-1': hbaFact('local all all peer'), 'pg-2': hbaFact('local all all peer') });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-1 rules=local|{all}|{all}|||peer',
    'pg-2 rules=local|{all}|{all}|||peer',
  ]);
});

test('line numbers and files may differ, the rules may not', () => {
  const moved = { rules: [hbaRule('local all all peer', 40, '/pg/hba.conf')], errors: [], changedSinceReload: null };
  expect(judge({ 'pg-1': hbaFact('local all all peer'), 'pg-2': moved }).outcome).toBe('pass');
});

test('another order is another policy', () => {
  const verdict = judge({
    'pg-1': hbaFact('host all all all reject', 'host all app all md5'),
    'pg-2': hbaFact('host all app all md5', 'host all all all reject'),
  });
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('another order');
});

test('an option makes a different rule', () => {
  const verdict = judge({
    'pg-1': hbaFact('hostssl all all all cert map=a'),
    'pg-2': hbaFact('hostssl all all all cert map=b'),
  });
  expect(verdict.outcome).toBe('fail');
});

test('one member has nobody to agree with', () => {
  expect(judge({ 'pg-1': hbaFact('local all all peer') }).outcome).toBe('not_applicable');
});
