import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { patroniStatusFact, patroniYmlFact } from '../patroni.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { patroniWatchdog } from './patroni-watchdog.ts';

type Watchdog = FactMap['node.watchdog'];
const device = {
  path: '/dev/watchdog',
  type: 'device' as const,
  mode: '0600',
  owner: 'postgres',
  group: 'root',
  sizeBytes: 0,
  modifiedAt: '2026-11-21T00:00:00.000Z',
};
const dog = (state: string | null, holders: Watchdog['holders']): Watchdog => ({
  device,
  devices: [{ name: 'watchdog0', identity: 'Software Watchdog', state, timeoutSeconds: 25 }],
  holders,
});
const none: Watchdog = { device: null, devices: [], holders: [] };
const judge = (
  mode: string | boolean | undefined,
  watchdog: Watchdog,
  role: string,
  critical: boolean,
  isWatchdogFailed = false,
) =>
  patroniWatchdog.evaluate(
    {
      'node.patroni-yml': patroniYmlFact(mode === undefined ? {} : { watchdog: { mode } }),
      'node.watchdog': watchdog,
      'patroni.status': patroniStatusFact({ role, isWatchdogFailed }),
    },
    { critical },
    seenAt,
  );

test.each([
  ['hardened: open on the primary', 'pass', 'required', dog('active', ['patroni']), 'primary', true],
  ['open, as the process shows alone', 'pass', 'automatic', dog(null, ['patroni']), 'primary', false],
  ['ready on a replica', 'pass', 'required', dog('inactive', []), 'replica', true],
  ['weak: off', 'warn', 'off', none, 'primary', false],
  ['off, as YAML 1.1 reads it', 'warn', false, none, 'primary', false],
  ['off where it matters', 'fail', 'off', none, 'primary', true],
  ['required without a device', 'fail', 'required', none, 'replica', false],
  ['automatic without a device, by default', 'warn', undefined, none, 'primary', false],
  ['weak: automatic, and silently not opened', 'fail', 'automatic', dog('inactive', []), 'primary', false],
  ['nobody can see', 'undecided', 'automatic', dog(null, null), 'primary', false],
] as const)('%s: %s', (_, outcome, mode, watchdog, role, critical) => {
  expect(judge(mode, watchdog, role, critical).outcome).toBe(outcome);
});

test('what Patroni says of its own failure counts', () => {
  expect(judge('automatic', dog('inactive', []), 'replica', false, true).outcome).toBe('fail');
});
