import { redactSecrets } from '@pgattest/runtime';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Whether a JSON value is an object, neither a list nor null. */
export const isJsonObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const secretKey = /passw(or)?d|passphrase|secret|token|cipher[-_]?pass|bindpasswd/iu;
/** pg_hba quotes with double quotes: `ldapbindpasswd="open sesame"`. */
const quotedPassword = /(passw(?:or)?d\s*=\s*)"[^"]*"/giu;
/** Settings and paths that only sound like secrets. */
const plainKey =
  /^(password_encryption|passwordcheck\..*|.*_?(file|path|command|dir))$|initial-cluster-token|auth-token/iu;

/** A configuration as data without its secrets: a value whose key names one reads `***`, as do those inside texts. */
export function redactDocument(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return redactSecrets(value.replaceAll(quotedPassword, '$1***'));
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(redactDocument);
  if (typeof value !== 'object') return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, content]) => [
      key,
      secretKey.test(key) && !plainKey.test(key) && isSecretValue(content) ? '***' : redactDocument(content),
    ]),
  );
}

const isSecretValue = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
