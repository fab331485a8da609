import { styleText } from 'node:util';
import type { Writable } from 'node:stream';

/** The few styles that reports use; meaning is never carried by colour alone. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

/** Styles a text for one stream, or returns it as it is. */
export type Colour = (style: Style, text: string) => string;

/** Colour for a stream: on a TTY, never with NO_COLOR, always with FORCE_COLOR (other than 0), as conventions.md says. */
export function createColour(stream: Writable, env: Readonly<Record<string, string | undefined>>): Colour {
  if (!wantsColour(stream, env)) return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}

/** Whether the stream is a terminal. */
export function isTerminal(stream: Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

function wantsColour(stream: Writable, env: Readonly<Record<string, string | undefined>>): boolean {
  const noColour = env['NO_COLOR'];
  if (noColour !== undefined && noColour !== '') return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTerminal(stream) && env['TERM'] !== 'dumb';
}
