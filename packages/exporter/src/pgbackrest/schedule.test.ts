import type { BackupInfo, StanzaInfo } from '@pgattest/connect';
import { describe, expect, test } from 'vitest';
import { createZoneClock, dueAround, parseCron, type CronTime } from './cron.ts';
import { parseSchedule } from './schedule-file.ts';
import { judgeSchedule } from './schedule.ts';

const at = (text: string): number => Date.parse(text);
function cron(text: string): CronTime {
  const parsed = parseCron(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}
const around = (words: string, now: string, zone = 'UTC'): readonly (string | undefined)[] => {
  const { last, next } = dueAround(cron(words), at(now), createZoneClock(zone));
  return [last, next].map((ms) => (ms === undefined ? undefined : new Date(ms).toISOString()));
};

describe('times', () => {
  test.each([
    ['0 1 * * 0', '2026-11-21T12:00:00Z', '2026-11-15T01:00:00.000Z', '2026-11-22T01:00:00.000Z'],
    ['30 2 * * 1-6', '2026-11-22T12:00:00Z', '2026-11-21T02:30:00.000Z', '2026-11-23T02:30:00.000Z'],
    ['*/15 * * * *', '2026-11-22T12:07:00Z', '2026-11-22T12:00:00.000Z', '2026-11-22T12:15:00.000Z'],
    ['0 0 29 2 *', '2026-11-22T12:00:00Z', '2024-02-29T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 13 * fri', '2026-11-22T12:00:00Z', '2026-11-20T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    ['@monthly', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['0 5 * * 7', '2026-11-22T12:00:00Z', '2026-11-22T05:00:00.000Z', '2026-11-29T05:00:00.000Z'],
  ])('%s around %s', (words, now, last, next) => {
    expect(around(words, now)).toEqual([last, next]);
  });

  test('clocks are those of the zone, on both sides of a change', () => {
    expect(around('0 1 * * *', '2026-07-01T12:00:00Z', 'Europe/Berlin')[0]).toBe('2026-06-30T23:00:00.000Z');
    expect(around('0 1 * * *', '2026-12-01T12:00:00Z', 'Europe/Berlin')[0]).toBe('2026-12-01T00:00:00.000Z');
    expect(around('0 1 * * *', '2026-12-01T12:00:00Z', 'Asia/Shanghai')[1]).toBe('2026-12-01T17:00:00.000Z');
  });

  test.each(['', '* * * *', '60 * * * *', '* * 0 * *', '* * * 13 *', '5-1 * * * *', '*/0 * * * *', 'a * * * *'])(
    '%j is refused with a reason',
    (words) => {
      expect(typeof parseCron(words)).toBe('string');
    },
  );
});

function stanzaOf(...backups: readonly (readonly [BackupInfo['type'], string, number?])[]): StanzaInfo {
  return {
    name: 'a',
    code: 0,
    message: 'ok',
    backupLock: { isHeld: false },
    backupProgress: [],
    restoreLock: { isHeld: false },
    repositories: [],
    databases: [],
    archives: [],
    backups: backups.map(([type, start, repoKey = 1]) => ({
      label: start,
      type,
      references: [],
      databaseId: 1,
      repoKey,
      backrestVersion: '2.45',
      startSeconds: at(start) / 1000,
      stopSeconds: at(start) / 1000 + 60,
      sizeBytes: 1,
      deltaBytes: 1,
      annotations: 0,
    })),
  };
}
const weekly = parseSchedule(
  'timezone: UTC\nstanzas:\n  a:\n    - {type: full, cron: "0 1 * * 0", grace: 2h}\n    - {type: diff, cron: "0 1 * * 1-6", grace: 2h}\n',
  'schedule.yml',
);
const missed = (stanza: StanzaInfo, now: string): readonly string[] =>
  judgeSchedule(weekly, [stanza], at(now))
    .filter(({ isMissed }) => isMissed)
    .map(({ type }) => type);

describe('standing', () => {
  const sunday = '2026-11-22T01:00:05Z';
  test('what was made in time is not missed', () => {
    expect(missed(stanzaOf(['full', sunday]), '2026-11-22T12:00:00Z')).toEqual([]);
  });
  test('a full serves where a diff was due, a diff does not where a full was', () => {
    expect(
      missed(stanzaOf(['full', '2026-11-22T01:00:05Z'], ['full', '2026-11-23T01:00:05Z']), '2026-11-23T12:00:00Z'),
    ).toEqual([]);
    expect(missed(stanzaOf(['diff', sunday]), '2026-11-22T12:00:00Z')).toEqual(['full']);
  });
  test('until its time is over a backup is not missed, unless the one before was', () => {
    expect(
      missed(stanzaOf(['full', '2026-11-15T01:00:05Z'], ['diff', '2026-11-21T01:00:05Z']), '2026-11-22T02:59:00Z'),
    ).toEqual([]);
    expect(missed(stanzaOf(['diff', '2026-11-21T01:00:05Z']), '2026-11-22T02:59:00Z')).toEqual(['full']);
    expect(
      missed(stanzaOf(['full', '2026-11-15T01:00:05Z'], ['diff', '2026-11-21T01:00:05Z']), '2026-11-22T03:00:00Z'),
    ).toEqual(['full']);
  });
  test('a stanza that does not exist has missed everything', () => {
    const standing = judgeSchedule(weekly, [], at('2026-11-22T12:00:00Z'));
    expect(standing.map(({ isMissed, overdueSeconds }) => [isMissed, overdueSeconds])).toEqual([
      [true, 9 * 3600],
      [true, 33 * 3600],
    ]);
  });
  test('each repository named must have its own, where none is named any will do', () => {
    const schedule = parseSchedule(
      'timezone: UTC\nstanzas:\n  "*":\n    - {type: full, cron: "@daily", repositories: [1, 2]}\n    - {type: incr, cron: "@daily"}\n',
      's.yml',
    );
    const standing = judgeSchedule(
      schedule,
      [stanzaOf(['full', '2026-11-22T00:10:00Z', 2])],
      at('2026-11-22T12:00:00Z'),
    );
    expect(standing.map(({ repoKey, isMissed }) => [repoKey, isMissed])).toEqual([
      ['1', true],
      ['2', false],
      ['any', false],
    ]);
  });
});

test.each([
  ['stanzas: {a: [{type: huge, cron: "@daily"}]}', 'schedule.yml:1:'],
  ['stanzas: {a: [{type: full, cron: "61 * * * *"}]}', '/stanzas/a/0/cron "61 * * * *" "61" is not within 0-59'],
  ['stanzas: {a: [{type: full, cron: "@daily", grace: soon}]}', 'duration'],
  ['timezone: Mars/Base\nstanzas: {a: [{type: full, cron: "@daily"}]}', 'no time zone'],
  ['stanza: {}', 'did you mean "stanzas"'],
])('a schedule that cannot be used is refused with its place: %s', (text, why) => {
  expect(() => parseSchedule(text, 'schedule.yml')).toThrow(why);
});
