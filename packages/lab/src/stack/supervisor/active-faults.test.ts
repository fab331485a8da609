import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault, FaultRun } from '../fault.ts';
import { createActiveFaults, type ActiveFaults } from './active-faults.ts';

let directory: string;
let happened: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pgattest-faults-'));
  happened = [];
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function fault(id: string, needs: Fault['needs'] = 'nothing'): Fault {
  return {
    id,
    title: `what ${id} is`,
    needs,
    expected: [{ text: 'nothing', source: 'this test' }],
    apply: (_, target) => {
      happened.push(`apply ${id}`);
      return id === 'refusing'
        ? Promise.reject(new Error('no such host'))
        : Promise.resolve({ host: target ?? 'chosen' });
    },
    heal: (_, state) => {
      happened.push(`heal ${id} on ${state['host'] ?? '?'}`);
      return Promise.resolve();
    },
  };
}

// These faults do not touch the lab they are given.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- never used
const run = {} as FaultRun;
const all = [fault('one'), fault('two'), fault('refusing'), fault('network', 'namespaces')];

function open(): ActiveFaults {
  return createActiveFaults(directory, all, run, false);
}

test('what is broken is remembered across supervisors and healed in reverse order', async () => {
  const first = open();
  expect(await first.apply('one', undefined)).toMatchObject({ id: 'one', target: 'chosen', state: { host: 'chosen' } });
  await first.apply('two', 'mon');
  expect(statSync(join(directory, 'faults.json')).mode & 0o777).toBe(0o600);
  const second = open();
  expect(second.list().map(({ id, target }) => `${id} ${target ?? ''}`)).toEqual(['one chosen', 'two mon']);
  expect(await second.heal(undefined)).toEqual(['two', 'one']);
  expect(happened).toEqual(['apply one', 'apply two', 'heal two on mon', 'heal one on chosen']);
  expect(open().list()).toEqual([]);
  expect(await second.heal(undefined)).toEqual([]);
});

test('a fault is applied once, and only healed when it is applied', async () => {
  const faults = open();
  await faults.apply('one', 'mon');
  await expect(faults.apply('one', undefined)).rejects.toThrow('one is applied already');
  await expect(faults.apply('one', 'mon')).rejects.toThrow('one is applied already');
  await expect(faults.heal('two')).rejects.toThrow('two is not applied');
  await expect(faults.heal('three')).rejects.toThrow('there is no fault three');
});

test('a fault that cannot be applied leaves nothing to heal', async () => {
  const faults = open();
  await expect(faults.apply('refusing', undefined)).rejects.toThrow('no such host');
  await expect(faults.apply('network', undefined)).rejects.toThrow('network needs');
  expect(faults.list()).toEqual([]);
  expect(happened).toEqual(['apply refusing']);
});

test('faults wait for each other', async () => {
  const faults = open();
  const [one, healed] = await Promise.all([faults.apply('one', undefined), faults.heal('one')]);
  expect([one.id, healed]).toEqual(['one', ['one']]);
});
