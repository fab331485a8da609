import { expect, test } from 'vitest';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgUntrustedLanguages } from './pg-untrusted-languages.ts';

const judge = (
  languages: readonly { readonly name: string; readonly routines: number; readonly usable: number }[],
  closed: readonly string[] = [],
) =>
  pgUntrustedLanguages.evaluate(
    {
      'pg.languages': {
        examined: [
          { database: 'postgres', languages: [] },
          { database: 'shop', languages },
        ],
        closed: closed.map((database) => ({ database, message: 'no CONNECT' })),
      },
    },
    pgUntrustedLanguages.params,
    seenAt,
  );

test('untrusted code that ordinary roles may run fails', () => {
  const verdict = judge([{ name: 'plpython3u', routines: 3, usable: 1 }]);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['database shop: language plpython3u=plpython3u|3|1']);
});

test('a language that is only installed is a warning', () => {
  expect(judge([{ name: 'plperlu', routines: 0, usable: 0 }]).outcome).toBe('warn');
});

test('a C function outside any extension counts like one', () => {
  expect(judge([{ name: 'c', routines: 1, usable: 1 }]).outcome).toBe('fail');
});

test('none in any database passes, shown for each', () => {
  const verdict = judge([]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'database postgres: untrusted languages=',
    'database shop: untrusted languages=',
  ]);
});

test('an unseen database leaves it open', () => {
  expect(judge([], ['crm']).outcome).toBe('undecided');
});
