import { expect, test } from 'vitest';
import { commandOn, type Launcher } from './launcher.ts';

const users = {
  postgres: { name: 'postgres', uid: 101, gid: 104 },
  etcd: { name: 'etcd', uid: 103, gid: 106 },
};
const launcher: Launcher = {
  nsenter: '/usr/bin/nsenter',
  setpriv: '/usr/bin/setpriv',
  monitor: 'mon',
  isolation: 'namespaces',
  users,
};

test('enters the namespace of the host first and becomes the user then', () => {
  expect(commandOn(launcher, 'pg-test-1', 'postgres', ['/usr/bin/patroni', 'p.yml']).join(' ')).toBe(
    '/usr/bin/nsenter --net=/run/netns/pg-test-1 -- /usr/bin/setpriv --reuid=101 --regid=104 --init-groups --inh-caps=-all -- /usr/bin/patroni p.yml',
  );
});

test('is at home on the monitoring host, as root', () => {
  expect(commandOn(launcher, 'mon', 'root', ['/usr/sbin/haproxy'])).toEqual(['/usr/sbin/haproxy']);
});

test('is the caller and on the machine itself without root and namespaces', () => {
  const plain: Launcher = { ...launcher, isolation: 'loopback', users: undefined };
  expect(commandOn(plain, 'pg-test-1', 'postgres', ['/usr/bin/patroni'])).toEqual(['/usr/bin/patroni']);
});
