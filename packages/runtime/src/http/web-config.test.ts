import { describe, expect, test } from 'vitest';
import { formatIssue } from '../config/issue.ts';
import { parseWebConfig } from './web-config.ts';

const hash = `$2y$10$${'a'.repeat(53)}`;

function problemsOf(text: string): readonly string[] {
  const parsed = parseWebConfig(text, 'web.yml');
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
}

describe('a web configuration', () => {
  test('may be empty', () => {
    expect(parseWebConfig('', 'web.yml')).toEqual({ ok: true, value: {} });
  });

  test('with every key is taken', () => {
    const text = `
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_ca_file: ca.crt
  client_auth_type: RequireAndVerifyClientCert
  client_allowed_sans: [prometheus.internal]
  min_version: TLS12
  max_version: TLS13
  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256]
  prefer_server_cipher_suites: true
  curve_preferences: [X25519, CurveP256]
http_server_config:
  http2: true
  headers:
    X-Frame-Options: deny
    Strict-Transport-Security: max-age=31536000
basic_auth_users:
  prometheus: ${hash}
rate_limit:
  interval: 100ms
  burst: 20
`;
    expect(problemsOf(text)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['an unknown section', 'tls_config: {}', 'web.yml:1:1 / has an unknown key "tls_config"'],
    [
      'an unknown key',
      'tls_server_config:\n  cert_fil: x',
      'web.yml:2:3 /tls_server_config has an unknown key "cert_fil"; did you mean "cert_file"?',
    ],
    [
      'a key without certificate',
      'tls_server_config:\n  key_file: x',
      'web.yml:2:3 /tls_server_config needs cert_file (or cert)',
    ],
    [
      'a certificate without key',
      'tls_server_config:\n  cert_file: x',
      'web.yml:2:3 /tls_server_config needs key_file (or key)',
    ],
    [
      'a TLS version',
      'tls_server_config: {min_version: TLS14}',
      'web.yml:1:34 /tls_server_config/min_version must be one of TLS10, TLS11, TLS12, TLS13',
    ],
    [
      'versions the wrong way round',
      'tls_server_config: {cert: a, key: b, min_version: TLS13, max_version: TLS12}',
      'web.yml:1:51 /tls_server_config/min_version leaves no TLS version to speak',
    ],
    [
      'a client authority for nothing',
      'tls_server_config: {cert: a, key: b, client_ca: c}',
      'web.yml:1:49 /tls_server_config/client_ca is of no use without client_auth_type',
    ],
    [
      'verifying without authority',
      'tls_server_config: {cert: a, key: b, client_auth_type: RequireAndVerifyClientCert}',
      'web.yml:1:56 /tls_server_config/client_auth_type needs client_ca_file',
    ],
    [
      'names without verifying',
      'tls_server_config: {cert: a, key: b, client_allowed_sans: [x]}',
      'web.yml:1:59 /tls_server_config/client_allowed_sans needs client_auth_type',
    ],
    [
      'a word for client_auth_type',
      'tls_server_config: {client_auth_type: Require}',
      'web.yml:1:39 /tls_server_config/client_auth_type must be one of NoClientCert,',
    ],
    [
      'an insecure cipher',
      'tls_server_config: {cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}',
      'web.yml:1:37 /tls_server_config/cipher_suites/0 must be one of',
    ],
    [
      'a header that is not allowed',
      'http_server_config:\n  headers:\n    X-Powered-By: us',
      'web.yml:3:5 /http_server_config/headers has an unknown key "X-Powered-By"',
    ],
    [
      'a plain password',
      'basic_auth_users:\n  prometheus: hunter2',
      'web.yml:2:15 /basic_auth_users/prometheus is no bcrypt hash',
    ],
    ['an interval', 'rate_limit: {interval: soon, burst: 1}', 'web.yml:1:24 /rate_limit/interval must be a duration'],
    ['no burst', 'rate_limit: {interval: 1s}', 'web.yml:1:13 /rate_limit needs a burst of at least 1'],
    ['bad YAML', 'a: [', 'web.yml:1:5 '],
  ])('%s is an error with its place', (_what, text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });

  test('never repeats a password', () => {
    expect(problemsOf('basic_auth_users:\n  prometheus: hunter2').join('')).not.toContain('hunter2');
  });
});
