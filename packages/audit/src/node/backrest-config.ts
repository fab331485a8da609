import { ConnectError, parseBackrestConfig, settingsOf, stanzasOf, type BackrestConfigFile } from '@pgattest/connect';
import type { NodeAccess } from './access.ts';

/** Configuration of pgBackRest as it is on a node. */
export interface NodeBackrest {
  readonly file: BackrestConfigFile;
  /** The text of the files that were read, for what the parser drops. */
  readonly text: string;
  readonly stanza: string;
  readonly settings: ReturnType<typeof settingsOf>;
}

/** Reads the configuration; undefined when the node has none. Errors: permission_denied, invalid_data. */
export async function readNodeBackrest(node: NodeAccess): Promise<NodeBackrest | undefined> {
  const path = node.paths.pgbackrestConfig;
  const text = await node.readText(path);
  if (text === undefined) return undefined;
  const parsed = parseBackrestConfig([{ file: path, text }]);
  if (!parsed.ok) throw new ConnectError('invalid_data', `cannot read ${path}: ${parsed.failure.message}`);
  const stanza = node.paths.stanza === '' ? stanzasOf(parsed.value)[0] : node.paths.stanza;
  if (stanza === undefined) {
    throw new ConnectError('invalid_data', `${path} names no stanza; name it as "stanza" in the --paths file`);
  }
  return { file: parsed.value, text, stanza, settings: settingsOf(parsed.value, stanza, {}) };
}
