import { expect, test } from 'vitest';
import { completeOptions } from '../lab-options.ts';
import { defaultLabOptions } from '../topology.ts';
import { readUpOptions } from './command-options.ts';

/** What the command line hands over when nothing but `given` is typed. */
function typed(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const defaults = { name: 'lab', cluster: 'pg-test', major: '15', nodes: '3', durability: 'oltp', rto: 'norm' };
  return { ...defaults, failsafe: true, backup: true, monitoring: true, isolation: 'namespaces', ...given };
}

test('nothing typed is the default lab', async () => {
  const { options, note } = await readUpOptions(typed({}));
  expect(completeOptions(options)).toEqual(defaultLabOptions);
  expect(note).toBeUndefined();
});

test('everything typed arrives', async () => {
  const given = {
    name: 'two',
    cluster: 'pg-two',
    major: '16',
    nodes: '2',
    arbiter: true,
    durability: 'crit',
    rto: 'fast',
    failsafe: false,
    standbyCluster: true,
    delay: '1h',
    backup: false,
    monitoring: false,
    isolation: 'loopback',
    subnet: '127.9.9',
  };
  const { options } = await readUpOptions(typed(given));
  expect(completeOptions(options)).toEqual({
    name: 'two',
    cluster: 'pg-two',
    major: 16,
    nodes: 2,
    arbiter: true,
    etcdMembers: 3,
    durability: 'crit',
    failsafe: false,
    rto: 'fast',
    standbyCluster: { delaySeconds: 3600 },
    backup: false,
    monitoring: false,
    isolation: 'loopback',
    subnet: '127.9.9',
  });
  expect(completeOptions((await readUpOptions(typed({ etcd: '1' }))).options).etcdMembers).toBe(1);
});

test.each([
  [{ major: 'fifteen' }, '--major fifteen'],
  [{ delay: '1h' }, '--delay is for --standby-cluster'],
  [{ standbyCluster: true, delay: 'soon' }, '"soon" is not a duration'],
])('%j is refused', async (given, words) => {
  await expect(readUpOptions(typed(given))).rejects.toThrow(words);
});
