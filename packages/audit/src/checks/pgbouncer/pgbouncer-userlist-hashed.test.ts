import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFact, userlistFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerUserlistHashed } from './pgbouncer-userlist-hashed.ts';

const judge = (list: ReturnType<typeof userlistFact> | null) =>
  pgbouncerUserlistHashed.evaluate(
    {
      'pgbouncer.config': configFact({ auth_user: 'pgbouncer', auth_file: list?.path ?? '' }),
      'node.pgbouncer-userlist': list,
    },
    {},
    seenAt,
  );

test.each([
  [userlistFact({ app: 'scram-sha-256', peer: 'empty' }), 'pass'],
  [userlistFact({ app: 'md5' }), 'warn'],
  [userlistFact({ app: 'scram-sha-256', pgbouncer: 'plain' }), 'fail'],
  [userlistFact({ app: 'scram-sha-256' }, { brokenLines: [2] }), 'fail'],
  [null, 'not_applicable'],
] as const)('%#: %s', (list, outcome) => {
  expect(judge(list).outcome).toBe(outcome);
});

test('another list than the one that runs decides nothing', () => {
  const facts = {
    'pgbouncer.config': configFact({ auth_file: '/elsewhere' }),
    'node.pgbouncer-userlist': userlistFact({ app: 'scram-sha-256' }),
  };
  expect(pgbouncerUserlistHashed.evaluate(facts, {}, seenAt).outcome).toBe('undecided');
});

test('the printed command shows kinds and no secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgattest-userlist-'));
  try {
    const path = join(folder, 'userlist.txt');
    const scram = `SCRAM-SHA-256$4096:${'A'.repeat(22)}==$${'B'.repeat(43)}=:${'C'.repeat(43)}=`;
    writeFileSync(path, `"a" "${scram}"\n ; note\n"b" "md5${'0'.repeat(32)}"\n"c" "hunter2"\n"d" ""\n`);
    const list = userlistFact({ a: 'scram-sha-256', b: 'md5', c: 'plain', d: 'empty' }, { path });
    const item = judge(list).evidence.find(({ fact }) => fact === 'node.pgbouncer-userlist');
    const printed = execFileSync('/bin/sh', ['-c', item?.shell ?? 'false']).toString();
    expect(printed.trimEnd()).toBe(item?.actual);
    expect(printed).not.toContain('hunter2');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
