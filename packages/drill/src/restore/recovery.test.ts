import { describe, expect, it, test } from 'vitest';
import { judgeRecovery, reachedLsn } from './judge-recovery.ts';
import { overlaps } from './overlap.ts';
import { parseRecoveryLog, toIso } from './recovery-log.ts';
import { instanceConfig, isolationSettings, recoveryConfig, scratchLayout } from './instance-config.ts';
import { restoreArguments, restoreCommandOf } from './restore-command.ts';
import { walBytesBetween } from './live.ts';

const log = `2026-11-22 00:31:50.100 UTC [10] LOG:  starting archive recovery
2026-11-22 00:31:50.200 UTC [10] LOG:  restored log file "000000010000000000000009" from archive
2026-11-22 00:31:50.300 UTC [11] FATAL:  the database system is starting up
2026-11-22 00:31:50.400 UTC [10] LOG:  consistent recovery state reached at 0/9000100
2026-11-22 00:31:50.500 UTC [10] LOG:  restored log file "00000001000000000000000A" from archive
2026-11-22 00:31:50.600 UTC [10] LOG:  recovery stopping before commit of transaction 745, time 2026-11-22 00:31:40.6+00
2026-11-22 00:31:50.700 UTC [10] LOG:  redo done at 0/A000160 system usage: CPU
2026-11-22 00:31:50.700 UTC [10] LOG:  last completed transaction was at log time 2026-11-22 00:31:40.123456+00
2026-11-22 00:31:50.800 UTC [10] LOG:  selected new timeline ID: 2
`;
const expected = { repo: 1, label: 'L', isReady: true, targetTime: undefined, reachable: '00000001000000000000000A' };

describe('the log of a recovery', () => {
  it('tells where it came to', () => {
    expect(parseRecoveryLog(log)).toEqual({
      isConsistent: true,
      stopping: 'before commit of transaction 745, time 2026-11-22 00:31:40.6+00',
      lastTransaction: '2026-11-22T00:31:40.123Z',
      redoDone: '0/A000160',
      newTimeline: 2,
      restoredSegments: ['000000010000000000000009', '00000001000000000000000A'],
      fatal: undefined,
      lastComplaint: undefined,
    });
  });

  it('passes when the last archived segment was read', () => {
    const { check, findings, facts } = judgeRecovery(parseRecoveryLog(log), expected);
    expect({ outcome: check.outcome, findings }).toEqual({ outcome: 'pass', findings: [] });
    expect(facts).toMatchObject({ recoveredLsn: '0/A000160', recoveredTimeline: 2 });
  });

  it('came to the end of the last segment, unless something was wrong in it', () => {
    const read = parseRecoveryLog(log);
    expect(reachedLsn(read, 16 * 1024 * 1024)).toBe('0/B000000');
    expect(reachedLsn({ ...read, lastComplaint: 'invalid record length at 0/A000200' }, 16 * 1024 * 1024)).toBe(
      '0/A000160',
    );
    expect(reachedLsn({ ...read, restoredSegments: ['0000000100000000000000FF'] }, 16 * 1024 * 1024)).toBe('1/0');
    expect(reachedLsn({ ...read, restoredSegments: [] }, 16 * 1024 * 1024)).toBe('0/A000160');
    expect(reachedLsn(read, undefined)).toBe('0/A000160');
  });

  it('fails when it ended before that without a word', () => {
    const { findings } = judgeRecovery(parseRecoveryLog(log), { ...expected, reachable: '00000001000000000000000C' });
    expect(findings.map(({ code }) => code)).toEqual(['recovery-fell-short']);
    const nothing = judgeRecovery(parseRecoveryLog(''), expected);
    expect(nothing.findings.map(({ code }) => code)).toEqual(['recovery-fell-short']);
  });

  it('a target the archive does not reach is told apart from other failures', () => {
    const fatal = `${log}FATAL:  recovery ended before configured recovery target was reached\n`;
    const late = { ...expected, isReady: false, targetTime: '2026-11-22T01:00:00Z' };
    expect(judgeRecovery(parseRecoveryLog(fatal), late).findings[0]?.code).toBe('target-not-reached');
    const other = `${log}PANIC:  could not locate a valid checkpoint record\n`;
    const found = judgeRecovery(parseRecoveryLog(other), late).findings[0];
    expect(found?.code).toBe('recovery-failed');
    expect(found?.message).toContain('valid checkpoint record');
  });
});

test.each([
  ['2026-11-21 23:58:45.123456+00', '2026-11-21T23:58:45.123Z'],
  ['2026-11-21 23:58:45 UTC', '2026-11-21T23:58:45.000Z'],
  ['2026-11-21T23:58:45Z', '2026-11-21T23:58:45.000Z'],
  ['2026-11-22 01:58:45+0200', '2026-11-21T23:58:45.000Z'],
  ['2026-11-22 05:28:45+05:30', '2026-11-21T23:58:45.000Z'],
  ['2026-11-21 23:58:45', undefined],
  ['yesterday', undefined],
  ['2026-13-41 23:58:45Z', undefined],
])('the time %s is %s', (given, iso) => {
  expect(toIso(given)).toBe(iso);
});

test.each([
  ['/data', '/data', true],
  ['/data/base', '/data', true],
  ['/data', '/data/base', true],
  ['/data2', '/data', false],
  ['/', '/data', true],
  ['/var/..data', '/var', true],
  ['/scratch', '/data', false],
])('%s and %s overlap: %s', (a, b, is) => {
  expect(overlaps(a, b)).toBe(is);
});

describe('the copy', () => {
  const layout = scratchLayout('/scratch/pgattest-drill-1');
  const target = {
    command: 'pgbackrest',
    configFile: '/etc/my conf/100%/pgbackrest.conf',
    stanza: 'demo',
    runAs: { user: 'postgres', uid: 1, gid: 1, prefix: [] },
    repoEnv: {},
  };

  it('hears its socket only, archives nothing, replicates nothing, loads nothing', () => {
    expect(isolationSettings(layout, 54_999)).toMatchObject({
      listen_addresses: '',
      unix_socket_directories: '/scratch/pgattest-drill-1/s',
      archive_mode: 'off',
      archive_command: '',
      primary_conninfo: '',
      max_logical_replication_workers: '0',
      shared_preload_libraries: '',
    });
  });

  it('is restored below its scratch directory whatever the configuration maps', () => {
    const words = restoreArguments(2, 'L', layout);
    expect(words).toContain('--pg1-path=/scratch/pgattest-drill-1/data');
    expect(words).toContain('--tablespace-map-all=/scratch/pgattest-drill-1/tablespaces');
    expect(words).toEqual(
      expect.arrayContaining(['--reset-tablespace-map', '--reset-link-map', '--no-link-all', '--repo=2']),
    );
  });

  it('reads WAL by a command whose words are quoted', () => {
    const command = restoreCommandOf(target, 2, layout);
    expect(command).toContain(`'--config=/etc/my conf/100%%/pgbackrest.conf'`);
    expect(command).toMatch(/--repo=2 .* archive-get %f "%p"$/);
    expect(recoveryConfig({ restoreCommand: command, targetTime: undefined, targetTimeline: 'latest' })).toContain(
      `restore_command = 'pgbackrest ''--config=`,
    );
  });

  it('gets its target with an offset, which a server that starts understands', () => {
    const text = recoveryConfig({
      restoreCommand: 'x',
      targetTime: '2026-11-22T00:31:40.505Z',
      targetTimeline: 'latest',
    });
    expect(text).toContain(`recovery_target_time = '2026-11-22 00:31:40.505+00'`);
  });

  it('keeps what recovery must not go below', () => {
    expect(instanceConfig({ max_prepared_transactions: '20', max_wal_senders: '10' })).toContain(
      `max_prepared_transactions = '20'\nmax_wal_senders = '0'`,
    );
  });
});

test.each([
  ['0/2000000', '0/3000000', 16_777_216],
  ['1/0', '0/FFFFFFFF', 0],
  ['0/1', undefined, undefined],
])('from %s to %s are %s bytes of WAL', (from, to, bytes) => {
  expect(walBytesBetween(from, to)).toBe(bytes);
});
