import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerTimeouts } from './pgbouncer-timeouts.ts';

const good = { client_idle_timeout: '3600', idle_transaction_timeout: '600' };
const judge = (config: ReturnType<typeof configFact>) =>
  pgbouncerTimeouts.evaluate({ 'pgbouncer.config': config }, {}, seenAt);

test.each([
  [good, 'pass'],
  [{}, 'warn'],
  [{ ...good, client_idle_timeout: '0' }, 'warn'],
  [{ ...good, query_wait_timeout: '0' }, 'warn'],
  [{ ...good, client_login_timeout: '0' }, 'fail'],
])('%j: %s', (values, outcome) => {
  expect(judge(configFact(values)).outcome).toBe(outcome);
});

test('what is not shown decides nothing', () => {
  expect(judge({}).outcome).toBe('undecided');
});
