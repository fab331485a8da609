import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFact, hbaFileFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerHbaStrong } from './pgbouncer-hba-strong.ts';

const judge = (text: string, changes: Readonly<Record<string, string>> = {}, path = '/etc/pgbouncer/pgb_hba.conf') =>
  pgbouncerHbaStrong.evaluate(
    {
      'pgbouncer.config': configFact({ auth_type: 'hba', auth_hba_file: path, ...changes }),
      'node.pgbouncer-hba': { ...hbaFileFact(text), path },
    },
    {},
    seenAt,
  );
const good =
  'local pgbouncer postgres peer\nhostssl all,app a, b 10.0.0.0 255.0.0.0 scram-sha-256 # x\nhost all all ::1/128 reject\n';

test.each([
  [good, 'pass'],
  ['host all all 10.0.0.0/8 trust', 'fail'],
  ['local all all trust', 'fail'],
  ['host all all 10.0.0.0/8 password', 'fail'],
  ['hostssl all all 10.0.0.0/8 password', 'pass'],
  ['host all all 10.0.0.0/8 md5', 'warn'],
  ['host all all', 'fail'],
])('%j: %s', (text, outcome) => {
  expect(judge(text).outcome).toBe(outcome);
});

test('other rules than those that run decide nothing', () => {
  expect(judge(good, { auth_hba_file: '/elsewhere' }).outcome).toBe('undecided');
  expect(judge(good, { auth_type: 'scram-sha-256' }).outcome).toBe('not_applicable');
});

test('the printed command prints types and methods of the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgattest-hba-'));
  try {
    const path = join(folder, 'hba.conf');
    writeFileSync(path, good);
    const item = judge(good, {}, path).evidence.find(({ fact }) => fact === 'node.pgbouncer-hba');
    expect(
      execFileSync('/bin/sh', ['-c', item?.shell ?? 'false'])
        .toString()
        .trimEnd(),
    ).toBe(item?.actual);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
