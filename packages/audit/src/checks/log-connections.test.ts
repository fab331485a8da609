import { expect, test } from 'vitest';
import { parseLogConnections } from './log-connections.ts';

const words = (value: string): string =>
  Object.entries(parseLogConnections(value))
    .flatMap(([name, logged]) => (logged ? [name] : []))
    .join(' ');

test.each([
  ['', ''],
  ['off', ''],
  ['0', ''],
  ['on', 'receipt authentication authorization'],
  ['ON', 'receipt authentication authorization'],
  ['all', 'receipt authentication authorization'],
  ['authorization', 'authorization'],
  ['receipt, Authentication', 'receipt authentication'],
  ['setup_durations', ''],
  ['authentication,all', 'receipt authentication authorization'],
  // A switch word inside a list is refused by the server; were it ever shown, it would log nothing.
  ['receipt,on', 'receipt'],
])('log_connections %j logs %j', (value, logged) => {
  expect(words(value)).toBe(logged);
});
