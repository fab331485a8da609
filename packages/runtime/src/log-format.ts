import { styleText } from 'node:util';

type Event = Readonly<Record<string, unknown>>;

/** One event as `level=info time=… message="…" key=value`; nested fields are joined with dots. */
export function formatLogfmt(event: Event): string {
  const { level, time, message, ...fields } = event;
  return flatten({ level, time, message, ...fields })
    .map(([key, text]) => `${key}=${quote(text)}`)
    .join(' ');
}

/** One event for a person at a terminal: time of day, level, message, fields. */
export function formatPretty(event: Event): string {
  const { time, level, message, ...fields } = event;
  const clock = String(time).slice(11, 23);
  const word = String(level);
  const colour = word === 'error' ? 'red' : word === 'warn' ? 'yellow' : word === 'debug' ? 'dim' : 'green';
  const rest = flatten(fields).map(([key, text]) => ` ${key}=${quote(text)}`);
  const head = styleText(colour, word.padEnd(5), { validateStream: false });
  return `${clock} ${head} ${String(message)}${rest.join('')}`;
}

function flatten(value: Event, prefix = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(value).flatMap(([name, field]) => {
    const key = `${prefix}${name}`;
    if (field === undefined) return [];
    if (typeof field === 'object' && field !== null && !Array.isArray(field)) {
      return flatten(Object.fromEntries(Object.entries(field)), `${key}.`);
    }
    return [[key, typeof field === 'string' ? field : JSON.stringify(field)] as const];
  });
}

function quote(text: string): string {
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}
