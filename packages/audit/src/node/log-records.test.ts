import { expect, test } from 'vitest';
import { parseLogRecords } from './log-records.ts';

const csv = (message: string, user = 'app', source = '10.0.0.9:40000'): string =>
  `2026-11-21 11:59:00.123 UTC,"${user}","app",4711,"${source}",6740.1267,3,"SELECT",2026-11-21 11:58:00 UTC,4/2,0,LOG,00000,"${message.replaceAll('"', '""')}",,,,,,,,,"psql","client backend",,0\n`;
const app = {
  time: '2026-11-21 11:59:00.123 UTC',
  user: 'app',
  database: 'app',
  source: '10.0.0.9:40000',
  severity: 'LOG',
};

test('csvlog: quoted newlines and quotes, and parts of records at both ends', () => {
  const text = `tail of "",a record",,,\n${csv('statement: SELECT "a",\n 1')}${csv('', '', '')}2026-11-21 12:00:00.000 UTC,"cut`;
  expect(parseLogRecords('csvlog', text, '')).toEqual([
    { ...app, message: 'statement: SELECT "a",\n 1' },
    { time: app.time, database: 'app', severity: 'LOG', message: '' },
  ]);
});

test('jsonlog: what is no whole line is left out', () => {
  const line = JSON.stringify({
    timestamp: app.time,
    user: 'app',
    dbname: 'app',
    remote_host: '10.0.0.9',
    error_severity: 'LOG',
    message: 'x',
  });
  expect(parseLogRecords('jsonlog', `age":"cut"}\n${line}\nnull\n{"message":`, '')).toEqual([
    { ...app, source: '10.0.0.9', message: 'x' },
  ]);
});

test.each([
  ['%m [%p] ', `${app.time} [4711] LOG:  x`, { time: app.time }],
  [
    '%m [%p] %q%u@%d app=%a client=%h %e ',
    `${app.time} [4711] app@app app=psql client=10.0.0.9 00000 LOG:  x`,
    { time: app.time, user: 'app', database: 'app', source: '10.0.0.9' },
  ],
  [
    '%t:%r:%u: ',
    '2026-11-21 11:59:00 UTC:[local]:app: LOG:  x',
    { time: '2026-11-21 11:59:00 UTC', source: '[local]', user: 'app' },
  ],
  ['<%10u> 100%% ', '<       app> 100% LOG:  x', { user: 'app' }],
])('stderr with %s', (prefix, line, fields) => {
  expect(parseLogRecords('stderr', `cut\n${line}\n\tcontinued\n`, prefix)).toEqual([
    { ...fields, severity: 'LOG', message: 'x' },
  ]);
});
