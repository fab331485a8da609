import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faults } from './index.ts';

test('every fault file is in the list, under its own name', () => {
  const files = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('index.'))
    .map(({ name }) => name.replace(/\.ts$/u, ''));
  expect(files.toSorted()).toEqual(faults.map(({ id }) => id).toSorted());
});

test('no fault is listed twice', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
});

test.each(faults.map((fault) => [fault.id, fault] as const))(
  '%s says what must happen and where it is written',
  (_, fault) => {
    expect(fault.title.length).toBeGreaterThan(20);
    expect(fault.title).not.toMatch(/\.$/u);
    expect(fault.expected.length).toBeGreaterThan(0);
    for (const { text, source } of fault.expected) {
      expect(text).toMatch(/^[A-Z/"\p{L}].*\.$/u);
      expect(source.length).toBeGreaterThan(5);
    }
  },
);

test('the faults the operators of this stack fear are all there', () => {
  const wanted = [
    'primary-postmaster-killed',
    'patroni-killed',
    'patroni-stopped',
    'node-lost',
    'replica-stopped',
    'replication-paused',
    'replication-slow',
    'etcd-member-down',
    'etcd-majority-lost',
    'etcd-gone',
    'primary-partitioned',
    'primary-partitioned-one-way',
    'clock-skewed',
    'wal-disk-full',
    'repository-unreadable',
    'archive-command-failing',
    'certificate-near-expiry',
    'certificate-expired',
    'haproxy-killed',
    'pgbouncer-paused',
    'pgbouncer-killed',
    'hba-changed-on-one-member',
    'setting-changed-on-one-member',
    'sync-standby-lost',
    'patroni-paused',
    'primary-orphaned',
  ];
  const ids: readonly string[] = faults.map(({ id }) => id);
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
});

test('the documentation names every fault with what it does', () => {
  const text = readFileSync(new URL('../../../docs/faults.md', import.meta.url), 'utf8').replaceAll(/ +/gu, ' ');
  expect(faults.filter(({ id, title }) => !text.includes(`| \`${id}\` | ${title} |`)).map(({ id }) => id)).toEqual([]);
});
