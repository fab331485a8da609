import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgConfigFilesClean } from './pg-config-files-clean.ts';

const judge = (errors: FactMap['pg.file-settings'], pending: readonly string[] = []) =>
  pgConfigFilesClean.evaluate(
    {
      'pg.file-settings': errors,
      'pg.settings': settingsFact(
        { max_connections: '100' },
        Object.fromEntries(pending.map((name) => [name, { pendingRestart: true }])),
      ),
    },
    {},
    seenAt,
  );
const error = { file: '/pg/postgresql.conf', line: 7, name: 'max_connections', error: 'setting could not be applied' };

test('hardened: no errors', () => {
  const verdict = judge([]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['lines with an error=0']);
});

test('weak: an error is named with its place', () => {
  const verdict = judge([{ ...error, name: 'nonsense', error: 'unrecognized configuration parameter' }]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('errors at /pg/postgresql.conf:7 nonsense (unrecognized configuration parameter)');
  expect(evidenceLines(verdict)[1]).toBe('file, line, setting=/pg/postgresql.conf|7|nonsense');
});

test('a change that only waits for a restart is a warning', () => {
  expect(judge([error], ['max_connections']).outcome).toBe('warn');
  expect(judge([error]).outcome).toBe('fail');
});

test('a line that is no setting at all fails', () => {
  expect(judge([{ file: null, line: null, name: null, error: 'syntax error' }], ['max_connections']).outcome).toBe(
    'fail',
  );
});
