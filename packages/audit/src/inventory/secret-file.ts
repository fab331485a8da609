import { readFile, stat } from 'node:fs/promises';
import { Secret } from '@pgattest/connect';
import { RuntimeError } from '@pgattest/runtime';

/**
 * The one line of a file that only its owner may read. Errors: RuntimeError config_invalid naming the file, never what
 * is in it.
 */
export async function readSecretLine(file: string, purpose: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('config_invalid', `cannot read ${purpose} in ${file}: ${why}`, { cause });
  });
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    throw new RuntimeError('config_invalid', `${purpose} in ${file} is open to others (mode ${octal}); chmod 600 it`);
  }
  const line = text.replace(/\r?\n$/u, '');
  if (line === '' || line.includes('\n')) {
    throw new RuntimeError('config_invalid', `${purpose} in ${file} must be one line that is not empty`);
  }
  return line;
}

/** User and password from a file of one line, `user:password`. Errors: as readSecretLine. */
export async function readCredentials(
  file: string,
  purpose: string,
): Promise<{ readonly user: string; readonly password: Secret }> {
  const line = await readSecretLine(file, purpose);
  const at = line.indexOf(':');
  if (at < 1) throw new RuntimeError('config_invalid', `${purpose} in ${file} must be written user:password`);
  return { user: line.slice(0, at), password: new Secret(line.slice(at + 1)) };
}
