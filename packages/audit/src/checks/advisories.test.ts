import { expect, test } from 'vitest';
import { standingOf } from './advisories.ts';
import { softwareReleases, type Releases } from './software-releases.ts';
import { isOlder, versionNumbers } from './version-order.ts';

const table: Releases = {
  source: 'https://example.test',
  asOf: '2026-11-22',
  newest: { '3.5': '3.5.20', '3.6': '3.6.5' },
  advisories: [{ id: 'CVE-2026-1', score: 9.1, fixedIn: { '3.4': '3.4.30', '3.5': '3.5.10' } }],
};

test.each([
  ['has the flaw', '3.5.9', ['CVE-2026-1'], true],
  ['was mended, but is behind', '3.5.10', [], true],
  ['is the newest', '3.5.20', [], false],
  ['is newer than the table knows', '3.5.21', [], false],
  ['never had it', '3.6.5', [], false],
  ['is of a series that ended, and has the flaw', '3.4.23-4+b4', ['CVE-2026-1'], true],
  ['is older than every series', '3.3.0', ['CVE-2026-1'], true],
] as const)('%s: %s', (_, version, flaws, isBehind) => {
  const standing = standingOf(version, table);
  expect([standing.flaws.map(({ id }) => id), standing.isBehind]).toEqual([flaws, isBehind]);
});

test('a series after the last one of the table is beyond it, not behind', () => {
  expect(standingOf('4.0.1', table)).toMatchObject({ isBeyond: true, isBehind: false });
});

test('a flaw that nobody mended in a series stays there, and one that came later is not in earlier releases', () => {
  const late: Releases = {
    ...table,
    advisories: [{ id: 'CVE-2026-2', score: undefined, since: '3.2.5', fixedIn: { '3.3': '3.3.9', '3.5': '3.5.2' } }],
  };
  const flawsOf = (version: string) => standingOf(version, late).flaws.map(({ fixedIn }) => fixedIn);
  expect(['3.2.4', '3.2.5', '3.3.8', '3.3.9', '3.4.1', '3.5.1', '3.5.2', '3.6.0'].map(flawsOf)).toEqual([
    [],
    [undefined],
    ['3.3.9'],
    [],
    [undefined],
    ['3.5.2'],
    [],
    [],
  ]);
});

test('where a release is known by its day alone, the newest known one may be behind', () => {
  const unlisted: Releases = { ...table, unlisted: { releasedAt: '2026-11-12', series: ['3.5'] } };
  const isBeyond = (version: string) => standingOf(version, unlisted).isBeyond;
  expect(['3.5.19', '3.5.20', '3.5.21', '3.6.5'].map(isBeyond)).toEqual([true, true, false, false]);
});

test('versions compare by number, whatever a distribution adds', () => {
  expect(versionNumbers('1:2.6.12-1+deb12u4')).toEqual([2, 6, 12]);
  expect([isOlder('2.9', '2.10'), isOlder('2.10', '2.9'), isOlder('15.4', '15.4.0')]).toEqual([true, false, false]);
});

test('the table of each component is whole', () => {
  for (const { newest, advisories, source, asOf, unlisted } of [
    softwareReleases.postgresql,
    ...Object.values(softwareReleases.components),
  ]) {
    expect(source).toMatch(/^https:/);
    expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Object.keys(newest).length).toBeGreaterThan(0);
    for (const series of unlisted?.series ?? []) expect(newest).toHaveProperty([series]);
    for (const { id, score, fixedIn } of advisories) {
      expect(id).toMatch(/^CVE-\d{4}-\d+$/);
      expect(score ?? 10).toBeLessThanOrEqual(10);
      for (const [series, fixed] of Object.entries(fixedIn)) expect(isOlder(fixed, series)).toBe(false);
    }
  }
});
