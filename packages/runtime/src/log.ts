import type { Writable } from 'node:stream';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { formatLogfmt, formatPretty } from './log-format.ts';
import { redactSecrets } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type LogFormat = 'json' | 'logfmt' | 'pretty';

/** Values of an event; errors become code and message, secrets and passwords inside text become `***`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** An event is a constant message plus fields; the level says who must act (conventions.md, Logging). */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** The same log with fields added to every event. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly stream: Writable;
}

/** One line per event on the stream, time in UTC. */
export function createLogger({ level, format, stream }: LoggerOptions): Logger {
  const formatLine = { json: undefined, logfmt: formatLogfmt, pretty: formatPretty }[format];
  const destination: DestinationStream = {
    write(line) {
      // A log nobody reads any more must not end the program.
      if (!stream.writable) return;
      const text = redactSecrets(line);
      stream.write(formatLine === undefined ? text : `${formatLine(readEvent(text))}\n`);
    },
  };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    destination,
  );
  return wrap(logger, level === 'debug');
}

function wrap(logger: PinoLogger, stacks: boolean): Logger {
  return {
    error: (message, fields = {}) => logger.error(plain(fields, stacks), message),
    warn: (message, fields = {}) => logger.warn(plain(fields, stacks), message),
    info: (message, fields = {}) => logger.info(plain(fields, stacks), message),
    debug: (message, fields = {}) => logger.debug(plain(fields, stacks), message),
    child: (fields) => wrap(logger.child(plain(fields, stacks)), stacks),
  };
}

/** Errors hold their text in properties that JSON does not see. */
function plain(fields: LogFields, stacks: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (!(value instanceof Error)) return [name, value];
      const code = 'code' in value && typeof value.code === 'string' ? { code: value.code } : {};
      const stack = stacks && value.stack !== undefined ? { stack: value.stack } : {};
      return [name, { name: value.name, ...code, message: value.message, ...stack }];
    }),
  );
}

function readEvent(line: string): Readonly<Record<string, unknown>> {
  const event: unknown = JSON.parse(line);
  return typeof event === 'object' && event !== null ? Object.fromEntries(Object.entries(event)) : {};
}
