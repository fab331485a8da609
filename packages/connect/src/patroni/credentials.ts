import { readFile, stat } from 'node:fs/promises';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';

/**
 * User and password of Patroni's REST API from a file of one line, `user:password`, readable by its owner only. Errors:
 * config_invalid; the content is never part of a message.
 */
export async function readPatroniCredentials(
  file: string,
): Promise<{ readonly user: string; readonly password: Secret }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError('config_invalid', `cannot read the credentials of Patroni in ${file}: ${reason}`, { cause });
  }
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    throw new ConnectError('config_invalid', `${file} is open to others (mode ${octal}); chmod 600 it`);
  }
  const line = text.replace(/\r?\n$/, '');
  const at = line.indexOf(':');
  if (at < 1 || line.includes('\n')) {
    throw new ConnectError('config_invalid', `${file} must hold one line, user:password`);
  }
  return { user: line.slice(0, at), password: new Secret(line.slice(at + 1)) };
}
