import { expect, test } from 'vitest';
import { inheritedSockets } from './inherited-sockets.ts';

test('sockets of this process are the descriptors from 3 on', () => {
  expect(inheritedSockets({ LISTEN_FDS: '1', LISTEN_PID: '42' }, 42)).toEqual([3]);
  expect(inheritedSockets({ LISTEN_FDS: '3', LISTEN_PID: '42' }, 42)).toEqual([3, 4, 5]);
});

test.each([
  ['nothing', {}, 'LISTEN_FDS is not set'],
  ['an empty number', { LISTEN_FDS: '', LISTEN_PID: '42' }, 'LISTEN_FDS is not set'],
  ['no owner', { LISTEN_FDS: '1' }, 'LISTEN_PID is not set'],
  ['the sockets of another process', { LISTEN_FDS: '1', LISTEN_PID: '41' }, 'for process 41, this is 42'],
  ['no socket', { LISTEN_FDS: '0', LISTEN_PID: '42' }, 'LISTEN_FDS="0" is not a number of sockets'],
  ['no number', { LISTEN_FDS: 'x', LISTEN_PID: '42' }, 'LISTEN_FDS="x" is not a number of sockets'],
])('%s is refused with the remedy', (_what, env, message) => {
  expect(() => inheritedSockets(env, 42)).toThrow(message);
  expect(() => inheritedSockets(env, 42)).toThrow('leave --web.systemd-socket out');
});
