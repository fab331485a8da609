import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseVerifyReport } from './verify-report.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

test('a healthy repository', () => {
  const result = parseVerifyReport(read('verify-healthy.txt'));
  expect(result).toMatchObject({
    ok: true,
    value: { stanza: 'pg-test', isOk: true, archives: [{ id: '15-1', checked: 5, valid: 5 }] },
  });
});

test('a corrupt backup, for which verify ends with 0', () => {
  const result = parseVerifyReport(read('verify-corrupt-backup.txt'));
  expect(result.ok && result.value.isOk).toBe(false);
  expect(result.ok && result.value.backups[1]).toEqual({
    label: '20261121-194113F',
    status: 'invalid',
    checked: 1290,
    valid: 1289,
    errors: { missing: 0, checksum: 1, size: 0, other: 0 },
  });
});

test('an item with an error makes a report bad whatever its status says', () => {
  const text = read('verify-healthy.txt').replace('size invalid: 0', 'size invalid: 2');
  const result = parseVerifyReport(text);
  expect(result.ok && result.value.isOk).toBe(false);
});

test('a missing manifest is not valid', () => {
  const text =
    'stanza: a\nstatus: ok\n  backup: 20260101-000000F, status: manifest missing, total files checked: 0, total valid files: 0\n';
  expect(parseVerifyReport(text)).toMatchObject({ ok: true, value: { isOk: false } });
});

test('an empty repository says so in a remark', () => {
  const result = parseVerifyReport('stanza: a\nstatus: error\nno archives or backups exist in the repo\n');
  expect(result).toMatchObject({
    ok: true,
    value: { isOk: false, remarks: ['no archives or backups exist in the repo'] },
  });
});

test.each(['', 'stanza: a\n', 'stanza: a\nstatus: maybe\n', 'status: ok\n'])(
  '%j is no verdict, and so no pass',
  (text) => {
    const result = parseVerifyReport(text);
    expect(result.ok ? '' : result.failure.class).toBe('parse');
  },
);
