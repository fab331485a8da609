import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { parseDurationMs } from '../config/duration.ts';
import { formatIssue } from '../config/issue.ts';
import { RuntimeError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { RateLimit } from './rate-limit.ts';
import { nodeTlsVersions, opensslCiphers, opensslCurves, tls13Ciphers } from './tls-names.ts';
import { asksForTls, parseWebConfig } from './web-config.ts';
import type { ClientAuthType, TlsSection, WebConfigDocument } from './web-config-schema.ts';

/** TLS ready to serve with: certificates are read. */
export interface WebTls {
  readonly context: SecureContextOptions;
  readonly clientAuthType: ClientAuthType;
  readonly allowedSans: readonly string[];
}

/** A web configuration in effect. */
export interface WebConfig {
  readonly tls: WebTls | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** bcrypt hashes by user; empty = everybody may read. */
  readonly users: ReadonlyMap<string, string>;
  readonly rateLimit: RateLimit | undefined;
}

/** A web configuration file and the certificates it names. */
export interface WebConfigSource {
  /** As the files are now; when they cannot be used, as they were when they last could. Never rejects. */
  current(): Promise<WebConfig>;
}

interface Loaded {
  readonly config: WebConfig;
  readonly files: readonly string[];
}

/** Reads the file. Errors: file_unreadable; config_invalid with every issue, one a line. */
export async function openWebConfig(file: string, logger: Logger): Promise<WebConfigSource> {
  const path = resolve(file);
  const first = await load(path);
  let { config, files } = first;
  let stamps = await stampsOf(files);
  let reading: Promise<void> | undefined;
  let complaint: string | undefined;

  const refresh = async (): Promise<void> => {
    const now = await stampsOf(files);
    if (now === stamps) return;
    stamps = now;
    try {
      const loaded = await load(path);
      ({ config, files } = loaded);
      stamps = await stampsOf(files);
      complaint = undefined;
      logger.info('web configuration read', { file: path });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== complaint)
        logger.error('web configuration is unusable, the last one stands', { file: path, reason });
      complaint = reason;
    }
  };

  return {
    async current() {
      reading ??= refresh().finally(() => {
        reading = undefined;
      });
      await reading;
      return config;
    },
  };
}

async function load(path: string): Promise<Loaded> {
  const parsed = parseWebConfig(await readText(path, 'the web configuration'), path);
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  const { tls_server_config: section, http_server_config: http, basic_auth_users: users } = parsed.value;
  const tls = asksForTls(section) ? await loadTls(section, dirname(path), path) : undefined;
  return {
    config: {
      tls: tls?.tls,
      headers: http?.headers ?? {},
      users: new Map(Object.entries(users ?? {})),
      rateLimit: rateLimitOf(parsed.value),
    },
    files: [path, ...(tls?.files ?? [])],
  };
}

async function loadTls(
  section: TlsSection,
  dir: string,
  path: string,
): Promise<{ readonly tls: WebTls; readonly files: readonly string[] }> {
  const files: string[] = [];
  const material = async (name: string | undefined, inline: string | undefined): Promise<string | undefined> => {
    if (name === undefined) return inline;
    const file = resolve(dir, name);
    files.push(file);
    return readText(file, `a file that ${path} names`);
  };
  const cert = await material(section.cert_file, section.cert);
  const key = await material(section.key_file, section.key);
  const ca = await material(section.client_ca_file, section.client_ca);
  const context: SecureContextOptions = {
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(ca === undefined ? {} : { ca }),
    minVersion: nodeTlsVersions[section.min_version ?? 'TLS12'],
    maxVersion: nodeTlsVersions[section.max_version ?? 'TLS13'],
    honorCipherOrder: section.prefer_server_cipher_suites ?? true,
    ...ciphersOf(section),
    ...((section.curve_preferences ?? []).length === 0
      ? {}
      : { ecdhCurve: section.curve_preferences?.map((name) => opensslCurves[name] ?? name).join(':') }),
  };
  try {
    createSecureContext(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const names = files.length === 0 ? path : files.join(', ');
    throw new RuntimeError(
      'config_invalid',
      `cannot serve TLS with ${names}: ${reason}; is the key the certificate's, and is everything PEM?`,
      { cause: error },
    );
  }
  const clientAuthType = section.client_auth_type ?? 'NoClientCert';
  return { tls: { context, clientAuthType, allowedSans: section.client_allowed_sans ?? [] }, files };
}

/** OpenSSL 3 speaks TLS 1.0 and 1.1 only below its default security level. */
function ciphersOf({ cipher_suites: suites = [], min_version: min = 'TLS12' }: TlsSection): SecureContextOptions {
  const isOld = min === 'TLS10' || min === 'TLS11';
  const named = suites.flatMap((name) => opensslCiphers[name] ?? []);
  if (named.length === 0) return isOld ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {};
  return { ciphers: [...tls13Ciphers, ...named].join(':') + (isOld ? ':@SECLEVEL=0' : '') };
}

function rateLimitOf({ rate_limit: limit }: WebConfigDocument): RateLimit | undefined {
  const intervalMs = typeof limit?.interval === 'string' ? parseDurationMs(limit.interval) : 0;
  return intervalMs > 0 ? { intervalMs, burst: limit?.burst ?? 0 } : undefined;
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read ${what}: ${reason}; fix the path or its permissions`, {
      cause: error,
    });
  }
}

/** Equal text means that no file changed; a symbolic link that points elsewhere is a change. */
async function stampsOf(files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs, size, ino }) => [mtimeMs, size, ino],
        () => 'missing',
      ),
    ),
  );
  return JSON.stringify(stamps);
}
