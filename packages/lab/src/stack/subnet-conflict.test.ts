import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { completeOptions } from './lab-options.ts';
import { assertAddressesFree, assertSubnetIsOurs, findConflict, parseRoutes } from './subnet-conflict.ts';
import { buildTopology } from './topology.ts';

const routes = [
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
  'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
  'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
  'tun0\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0',
  'tun0\t056433C6\t00000000\t0001\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
  '',
].join('\n');

test('reads the routes of the kernel, the default route left out', () => {
  expect(parseRoutes(routes)).toEqual([
    { device: 'eth0', network: '192.0.2.0', prefix: 24 },
    { device: 'tun0', network: '10.0.0.0', prefix: 8 },
    { device: 'tun0', network: '198.51.100.5', prefix: 32 },
  ]);
});

test.each([
  ['192.0.2', 'eth0'],
  ['10.20.30', 'tun0'],
  ['198.51.100', 'tun0'],
  ['203.0.113', undefined],
  ['192.0.3', undefined],
])('finds what shares an address with %s.0/24: %s', (subnet, device) => {
  expect(findConflict(subnet, parseRoutes(routes))?.device).toBe(device);
});

test('refuses the network this very machine has an address in', () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  // A machine without any network has nothing to be refused.
  const subnet = (own ?? '203.0.113.1').split('.').slice(0, 3).join('.');
  let message = '';
  try {
    assertSubnetIsOurs(buildTopology(completeOptions({ subnet })));
  } catch (error) {
    message = String(error);
  }
  expect(message.includes(`--subnet ${subnet}: this machine already uses`)).toBe(own !== undefined);
});

test('names every address and port that is taken on loopback', async () => {
  const topology = buildTopology(completeOptions({ isolation: 'loopback', subnet: '127.77.3' }));
  await expect(assertAddressesFree(topology)).resolves.toBeUndefined();
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(5432, '127.77.3.12', resolve);
  });
  try {
    await expect(assertAddressesFree(topology)).rejects.toThrow('the lab needs 127.77.3.12:5432, which other programs');
  } finally {
    server.close();
  }
});
