import { RuntimeError, type LogFormat, type LogLevel } from '@pgattest/runtime';

/** How to log. `ignored` names the options whose value is unknown and was replaced by the default. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly ignored: readonly string[];
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const formats: readonly LogFormat[] = ['logfmt', 'json', 'pretty'];

/** Reads --log.level and --log.format. Errors: usage for a value that is unknown, unless lenient. */
export function readLogOptions(options: Readonly<Record<string, unknown>>, isLenient: boolean): LogOptions {
  const ignored: string[] = [];
  const read = <T extends string>(name: string, known: readonly T[], fallback: T): T => {
    const given = options[name];
    const value = typeof given === 'string' ? given : fallback;
    const found = known.find((one) => one === value);
    if (found !== undefined) return found;
    if (!isLenient) {
      throw new RuntimeError('usage', `--${name} "${value}" is unknown; write ${known.join(', ')}`);
    }
    ignored.push(`--${name}=${value}`);
    return fallback;
  };
  return { level: read('log.level', levels, 'info'), format: read('log.format', formats, 'logfmt'), ignored };
}
