import { findIniSetting, parsePgbouncerIni } from '@pgattest/connect';
import type { NodeAccess } from '../../node/access.ts';

/** A file that pgbouncer.ini names, or undefined when it names none, or there is no pgbouncer.ini. */
export async function namedFile(node: NodeAccess, key: 'auth_file' | 'auth_hba_file'): Promise<string | undefined> {
  const path = node.paths.pgbouncerIni;
  const text = await node.readText(path);
  if (text === undefined) return undefined;
  const named = findIniSetting(parsePgbouncerIni(text, path), key)?.value;
  // A relative path starts from the folder PgBouncer was started in, which nobody can tell from here.
  return named?.startsWith('/') === true ? named : undefined;
}
