import { expect, it } from 'vitest';
import { fullBackup, repositoryOf } from './backup.fixture.ts';
import { chainOf, checkChains } from './chain.ts';

const full = '20261121-235830F';
const diff = `${full}_20261121-235836D`;
const incr = `${full}_20261121-235842I`;
const chain = [
  fullBackup(full),
  fullBackup(diff, { type: 'diff', prior: full, references: [full] }),
  fullBackup(incr, { type: 'incr', prior: diff, references: [full, diff] }),
];
const directories = [full, diff, incr, 'backup.history'];
const messages = (...words: Parameters<typeof checkChains>): readonly string[] =>
  checkChains(...words).map(({ code, message }) => `${code}: ${message}`);

it('a complete chain has nothing wrong', () => {
  expect(checkChains(repositoryOf(chain), directories)).toEqual([]);
});

it('a full backup whose directory is gone breaks everything that needs it', () => {
  expect(messages(repositoryOf(chain), [diff, incr])).toEqual([
    `backup-missing: backup ${full} is listed but its directory is gone from repo1`,
    `chain-broken: diff backup ${diff} cannot be restored: it needs ${full}, gone from repo1`,
    `chain-broken: incr backup ${incr} cannot be restored: it needs ${full}, gone from repo1`,
  ]);
});

it('a backup that the list no longer has breaks those that need it', () => {
  expect(messages(repositoryOf(chain.filter(({ label }) => label !== diff)), directories)).toEqual([
    `chain-broken: incr backup ${incr} cannot be restored: it needs ${diff}, gone from repo1`,
    `backup-orphaned: backup ${diff} lies in repo1 but cannot be restored: backup.info does not list it`,
  ]);
});

it('what is left of an expired chain is named with the full backup it lost', () => {
  const findings = messages(repositoryOf([fullBackup('20261122-000000F')]), ['20261122-000000F', diff]);
  expect(findings).toEqual([
    `chain-broken: backup ${diff} lies in repo1 but cannot be restored: its full backup ${full} was expired or removed before it`,
  ]);
});

it('a repository without backups, one that is not ok, and page errors are findings', () => {
  const broken = repositoryOf([], { code: 99, message: 'other' });
  expect(checkChains(broken, []).map(({ code }) => code)).toEqual(['repository-not-ok', 'no-backup']);
  const [first] = checkChains(repositoryOf([fullBackup(full, { hasPageErrors: true })]), [full]);
  expect(first?.code).toBe('backup-page-errors');
});

it('a chain is told oldest first', () => {
  expect(chainOf({ label: incr, references: [diff, full] })).toEqual([full, diff, incr]);
});
