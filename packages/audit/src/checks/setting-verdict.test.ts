import { describe, expect, test } from 'vitest';
import { evidenceLines, settingsFact } from './settings.fixture.ts';
import { findUnprovenSettings, judgeSettings, wants } from './setting-verdict.ts';

describe('judgeSettings', () => {
  test('passes with every value as evidence', () => {
    const verdict = judgeSettings(settingsFact({ fsync: 'on', ssl: 'on' }), [
      wants('fsync', 'on', 'fail'),
      wants('ssl', 'on', 'warn'),
    ]);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.reason.zh).toBe('经核查，fsync 为 on，ssl 为 on，符合要求');
    expect(evidenceLines(verdict)).toEqual(['fsync=on', 'ssl=on']);
  });

  test('the worst setting decides and the reason names the wrong ones only', () => {
    const verdict = judgeSettings(settingsFact({ fsync: 'off', ssl: 'off', wal_level: 'logical' }), [
      wants('fsync', 'on', 'fail'),
      wants('ssl', 'on', 'warn'),
      wants('wal_level', 'logical', 'fail'),
    ]);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.reason.en).toBe('fsync is off, expected on; ssl is off, expected on');
    expect(verdict.reason.zh).toBe('经核查，fsync 为 off，应为 on；ssl 为 off，应为 on');
  });

  test('a setting the role may not see leaves it undecided, not passed and not failed', () => {
    expect(judgeSettings(settingsFact({}), [wants('log_directory', 'log', 'fail')]).outcome).toBe('undecided');
  });

  test.each(['user', 'database', 'database user', 'client', 'session'])(
    'a value set for the audit session itself (source %s) says nothing about other sessions',
    (source) => {
      const settings = settingsFact({ log_statement: 'ddl' }, { log_statement: { source } });
      const verdict = judgeSettings(settings, [wants('log_statement', 'ddl', 'fail')]);
      expect(verdict.outcome).toBe('undecided');
      expect(evidenceLines(verdict)).toEqual([`log_statement source=${source}`]);
    },
  );

  test.each(['default', 'configuration file', 'command line', 'environment variable', 'override'])(
    'a value with source %s is the server’s',
    (source) => {
      expect(findUnprovenSettings(settingsFact({ ssl: 'on' }, { ssl: { source } }), ['ssl'])).toBeUndefined();
    },
  );
});
