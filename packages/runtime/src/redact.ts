/**
 * Text with the passwords of connection strings replaced by `***`: `scheme://user:password@` and `password=word`,
 * also in their percent-encoded and quoted forms. The last net below `Secret`, for text that others wrote.
 */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s:@/?]*:)(?:[^\s"\\]|\\.)*@/gi, '$1***@')
    .replaceAll(/(password|passwd)(\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&'",;]+)/gi, '$1$2***')
    .replaceAll(/("(?:[a-z_]*password|secret)":)"(?:[^"\\]|\\.)*"/gi, '$1"***"');
}
