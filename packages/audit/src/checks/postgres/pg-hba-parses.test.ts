import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgHbaParses } from './pg-hba-parses.ts';

const rules = hbaFact('local all all peer');
const judge = (hba: ReturnType<typeof hbaFact>) => pgHbaParses.evaluate({ 'pg.hba': hba }, pgHbaParses.params, seenAt);

test('a line that does not parse fails with the words of the server', () => {
  const verdict = judge({ ...rules, errors: [{ file: null, line: 2, message: 'invalid connection type "hots"' }] });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['line 2=2|invalid connection type "hots"']);
});

test('a file that changed after the last reload is a warning', () => {
  const verdict = judge({ ...rules, changedSinceReload: true });
  expect(verdict.outcome).toBe('warn');
  expect(evidenceLines(verdict)).toEqual(['rules, errors=1|0', 'changed since reload=t']);
});

test('a valid and loaded file passes', () => {
  expect(judge(rules).outcome).toBe('pass');
});

test('when the role may not look at the file, nobody can say that it is loaded', () => {
  const verdict = judge({ ...rules, changedSinceReload: null });
  expect(verdict.outcome).toBe('undecided');
  expect(verdict.reason.en).toContain('out of sight');
});
