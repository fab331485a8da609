import type { SchemaObject } from 'ajv';
import { nodeTlsVersions, opensslCiphers, opensslCurves, tls13Ciphers } from './tls-names.ts';

/** A TLS version as the file writes it. */
export type TlsVersion = keyof typeof nodeTlsVersions;

/** What a client certificate is asked for. */
export type ClientAuthType =
  | 'NoClientCert'
  | 'RequestClientCert'
  | 'RequireAnyClientCert'
  | 'RequireClientCert'
  | 'VerifyClientCertIfGiven'
  | 'RequireAndVerifyClientCert';

/** Section `tls_server_config`. */
export interface TlsSection {
  readonly cert_file?: string;
  readonly cert?: string;
  readonly key_file?: string;
  readonly key?: string;
  readonly client_ca_file?: string;
  readonly client_ca?: string;
  readonly client_auth_type?: ClientAuthType;
  readonly client_allowed_sans?: readonly string[];
  readonly min_version?: TlsVersion;
  readonly max_version?: TlsVersion;
  readonly cipher_suites?: readonly string[];
  readonly prefer_server_cipher_suites?: boolean;
  readonly curve_preferences?: readonly string[];
}

/** The web configuration file of Prometheus' exporters, as written. */
export interface WebConfigDocument {
  readonly tls_server_config?: TlsSection;
  readonly http_server_config?: { readonly http2?: boolean; readonly headers?: Readonly<Record<string, string>> };
  /** bcrypt hashes by user. */
  readonly basic_auth_users?: Readonly<Record<string, string>>;
  /** `interval` is a duration, or 0 for no limit. */
  readonly rate_limit?: { readonly interval?: string | number; readonly burst?: number };
}

const text = { type: 'string', minLength: 1 };
const tlsVersion = { enum: Object.keys(nodeTlsVersions) };
const words = (known: readonly string[]): SchemaObject => ({ type: 'array', items: { enum: known } });

/** JSON Schema of the file: strict, as the format demands. Source: exporter-toolkit's documentation. */
export const webConfigSchema: SchemaObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tls_server_config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cert_file: text,
        cert: text,
        key_file: text,
        key: text,
        client_ca_file: text,
        client_ca: text,
        client_auth_type: {
          enum: [
            'NoClientCert',
            'RequestClientCert',
            'RequireAnyClientCert',
            'RequireClientCert',
            'VerifyClientCertIfGiven',
            'RequireAndVerifyClientCert',
          ],
        },
        client_allowed_sans: { type: 'array', items: text },
        min_version: tlsVersion,
        max_version: tlsVersion,
        cipher_suites: words([...Object.keys(opensslCiphers), ...tls13Ciphers]),
        prefer_server_cipher_suites: { type: 'boolean' },
        curve_preferences: words(Object.keys(opensslCurves)),
      },
    },
    http_server_config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        http2: { type: 'boolean' },
        headers: {
          type: 'object',
          additionalProperties: false,
          properties: {
            'Content-Security-Policy': { type: 'string' },
            'X-Frame-Options': { enum: ['deny', 'sameorigin'] },
            'X-Content-Type-Options': { enum: ['nosniff'] },
            'X-XSS-Protection': { type: 'string' },
            'Strict-Transport-Security': { type: 'string' },
          },
        },
      },
    },
    basic_auth_users: { type: 'object', additionalProperties: { type: 'string' } },
    rate_limit: {
      type: 'object',
      additionalProperties: false,
      properties: {
        interval: { anyOf: [{ type: 'string', format: 'duration' }, { const: 0 }] },
        burst: { type: 'integer', minimum: 0 },
      },
    },
  },
};
