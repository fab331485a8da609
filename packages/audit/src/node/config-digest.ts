import { createHash } from 'node:crypto';

/** SHA-256 of a configuration without its secrets: `sed -E` with `secretsInLine`, then `sha256sum`. */
export function digestConfig(text: string): string {
  const lines = text.replace(/\n$/u, '').split('\n').map(withoutSecrets);
  // sed ends every line that it prints, but for a last one that had no end.
  const end = text === '' || !text.endsWith('\n') ? '' : '\n';
  return createHash('sha256')
    .update(`${lines.join('\n')}${end}`)
    .digest('hex');
}

const withoutSecrets = (line: string): string =>
  line
    .replace(/(passw|passphrase|secret|token|cipher-pass|stats auth)([^:= ]*[:= ]).*/iu, '$1$2')
    .replaceAll(/:\/\/[^/@ ]*@/gu, '://@');
