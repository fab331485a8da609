import { join } from 'node:path';
import type { NodeAccess } from './access.ts';
import { attempt } from './attempt.ts';

/** Files of the data directory that hold settings, the later ones winning; Patroni moves the distribution's aside. */
const names = ['postgresql.base.conf', 'postgresql.conf', 'postgresql.auto.conf'] as const;

/**
 * Settings of the server as its files say, for what a node probe must find by them. Not what the server runs with:
 * command line, includes and DCS are left out. Files that are not there, or may not be read, say nothing.
 */
export async function readServerConfig(node: NodeAccess): Promise<ReadonlyMap<string, string>> {
  const settings = new Map<string, string>();
  for (const name of names) {
    const text = await attempt(node.readText(join(node.paths.pgData, name)));
    for (const [key, value] of text.state === 'present' ? parseServerConfig(text.value) : []) settings.set(key, value);
  }
  return settings;
}

/** `name = value` lines; the equals sign may be missing, a text stands in quotes where `''` is a quote. */
export function parseServerConfig(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, quoted, bare] =
      /^\s*([\w.]+)[ \t]*(?:=[ \t]*|[ \t])(?:'((?:[^']|'')*)'|([^\s#'=]+))/u.exec(line) ?? [];
    if (name !== undefined) settings.set(name.toLowerCase(), quoted?.replaceAll("''", "'") ?? bare ?? '');
  }
  return settings;
}
