import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogAlive } from './pg-log-alive.ts';

const judge = (
  files: { readonly current: string | null; readonly quietSeconds: number | null },
  changes: Readonly<Record<string, string>> = {},
) =>
  pgLogAlive.evaluate(
    {
      'pg.settings': settingsFact({
        logging_collector: 'on',
        log_destination: 'csvlog',
        log_connections: 'on',
        ...changes,
      }),
      'pg.log-files': files,
    },
    pgLogAlive.params,
    seenAt,
  );

test.each([
  ['hardened', 'pass', { current: 'log/x.csv', quietSeconds: 2 }, {}],
  ['weak: the collector is gone', 'fail', { current: null, quietSeconds: 2 }, {}],
  ['weak: sessions begin and nothing is written', 'fail', { current: 'log/x.csv', quietSeconds: 3600 }, {}],
  ['there is no file at all', 'fail', { current: 'log/x.csv', quietSeconds: null }, {}],
  [
    'quiet where connections are not logged',
    'undecided',
    { current: 'log/x.csv', quietSeconds: 3600 },
    { log_connections: 'off' },
  ],
  [
    'version 18 lists what is logged',
    'fail',
    { current: 'log/x.csv', quietSeconds: 3600 },
    { log_connections: 'receipt' },
  ],
  ['no collector', 'not_applicable', { current: null, quietSeconds: null }, { logging_collector: 'off' }],
] as const)('%s: %s', (_, outcome, files, changes) => {
  expect(judge(files, changes).outcome).toBe(outcome);
});
