import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, type LogFormat, type Logger, type LogLevel } from './log.ts';

function capture(format: LogFormat, level: LogLevel, write: (logger: Logger) => void): string {
  const stream = new PassThrough({ encoding: 'utf8' });
  write(createLogger({ level, format, stream }));
  const text: unknown = stream.read();
  return (typeof text === 'string' ? text : '').replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME');
}

test('an event is one JSON object with level, time, fields and message', () => {
  const text = capture('json', 'info', (logger) => logger.child({ target: 'a' }).info('scraped', { durationMs: 3 }));
  expect(text).toBe('{"level":"info","time":"TIME","target":"a","durationMs":3,"message":"scraped"}\n');
});

test('logfmt quotes what needs it and joins nested names with dots', () => {
  const text = capture('logfmt', 'info', (logger) =>
    logger.warn('collector failed', {
      collector: 'pg_repl',
      error: new Error('no "x"'),
      list: [1, 2],
      none: undefined,
    }),
  );
  expect(text).toBe(
    'level=warn time=TIME message="collector failed" collector=pg_repl error.name=Error error.message="no \\"x\\"" list=[1,2]\n',
  );
});

test('pretty is for people', () => {
  const text = capture('pretty', 'info', (logger) => logger.error('listen failed', { port: 9630 }));
  expect(text).toMatch(/listen failed port=9630\n$/);
});

test('events below the level are left out', () => {
  const text = capture('logfmt', 'warn', (logger) => {
    logger.info('a');
    logger.debug('b');
    logger.warn('c');
  });
  expect(text).toBe('level=warn time=TIME message=c\n');
});

test('errors give name, code and message, and the stack at debug level only', () => {
  const error = Object.assign(new Error('gone'), { code: 'unreachable' });
  const at = (level: LogLevel): string => capture('json', level, (logger) => logger.error('x', { error }));
  expect(at('info')).toContain('"error":{"name":"Error","code":"unreachable","message":"gone"}');
  expect(at('info')).not.toContain('stack');
  expect(at('debug')).toContain('"stack"');
});

test('a password in a field or a message is not written', () => {
  for (const format of ['json', 'logfmt', 'pretty'] as const) {
    const text = capture(format, 'info', (logger) =>
      logger.info('using postgres://u:hunter2@h/db', {
        dsn: "host=h password='hunter2' user=u",
        error: new Error('postgres://u:hunter2@h'),
      }),
    );
    expect(text).not.toContain('hunter2');
    expect(text).toContain('***');
  }
});

test('a stream that was closed does not fail the program', () => {
  const stream = new PassThrough();
  const logger = createLogger({ level: 'info', format: 'json', stream });
  stream.destroy();
  expect(() => {
    logger.info('a');
  }).not.toThrow();
});
