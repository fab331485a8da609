import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { dsnKeys } from './dsn-keys.ts';
import { parseDsnText } from './dsn-text.ts';
import { askPassfile } from './passfile.ts';
import type { PgTarget, SslMode } from './session-api.ts';
import { targetFiles, type TargetFiles } from './target-files.ts';

/** Environment variables as data. */
export type Env = Readonly<Record<string, string | undefined>>;

const defaultPort = 5432;
/** Where Debian and Red Hat packages put the socket. Not /tmp: there anybody can put one and wait for a password. */
const defaultSocketDirectory = '/var/run/postgresql';
/** Socket directories that a password file knows as `localhost`. */
const localSocketDirectories = ['/var/run/postgresql', '/run/postgresql', '/tmp'];
const sslModes: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/**
 * A connection string with libpq's meaning: its own parameters, then the PG* environment, then libpq's defaults, the
 * password file and ~/.postgresql. Without a host it is the packaged Unix socket when there is one, else localhost.
 * Errors: config_invalid, naming the parameter but never a value that may be secret.
 */
export async function resolvePgTarget(
  dsn: string,
  sources: {
    readonly env: Env;
    /** Taken instead of the one the connection string names; it also selects the line of a password file. */
    readonly database?: string;
    /** How to look at the files it leads to; as they are now. */
    readonly files?: TargetFiles;
  },
): Promise<PgTarget> {
  const { env, files = targetFiles } = sources;
  const parameters = parseDsnText(dsn);
  for (const [key, value] of parameters) checkKey(key, value);
  const get = (key: string): string | undefined => parameters.get(key) ?? fromEnvironment(key, env);

  const port = readPort(get('port'));
  const hostAddress = get('hostaddr');
  const host = singleHost(get('host')) ?? hostAddress ?? (await defaultHost(port, files));
  const user = get('user') ?? userInfo().username;
  const database = sources.database ?? get('dbname') ?? user;
  const home = env['HOME'] ?? homedir();
  const passfile = get('passfile');
  const given = get('password');
  const asked =
    given === undefined
      ? askPassfile(await files.passfile(passfile ?? join(home, '.pgpass')), {
          hosts: localSocketDirectories.includes(host) ? [host, 'localhost'] : [host],
          port,
          database,
          user,
        })
      : { password: new Secret(given), note: undefined };
  const certificates = await readCertificatePaths(get, join(home, '.postgresql'), files);
  const sslMode = readSslMode(get('sslmode'), certificates.sslRootCert);
  const options = get('options');
  const connectTimeoutMs = readConnectTimeoutMs(get('connect_timeout'));
  return {
    host,
    port,
    user,
    database,
    password: asked.password,
    sslMode,
    ...certificates,
    passfile,
    applicationName: get('application_name'),
    ...(hostAddress === undefined ? {} : { hostAddress }),
    ...(options === undefined ? {} : { options }),
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
    ...(asked.note === undefined ? {} : { passwordNote: asked.note }),
  };
}

function checkKey(key: string, value: string): void {
  const rule = dsnKeys.get(key);
  if (rule === undefined) {
    // A value with an unquoted space or `&` ends up here as a key: do not print what cannot be one.
    const name = /^[A-Za-z_][A-Za-z0-9_.]{0,40}$/.test(key) ? `"${key}"` : '(not a parameter name)';
    const nearest = nearestKey(key);
    throw invalid(`unknown parameter ${name}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`);
  }
  if (rule.use !== 'refused' || rule.accepts?.includes(value) === true) return;
  const accepted =
    rule.accepts === undefined || rule.accepts.length === 0 ? '' : ` other than ${rule.accepts.join(', ')}`;
  throw invalid(`"${key}"${accepted} is not supported; leave it out`);
}

function fromEnvironment(key: string, env: Env): string | undefined {
  const name = dsnKeys.get(key)?.env;
  const value = name === undefined ? undefined : env[name];
  return value === '' ? undefined : value;
}

function singleHost(host: string | undefined): string | undefined {
  if (host?.includes(',') === true) throw invalid('it names several hosts; give each target its own');
  return host;
}

async function defaultHost(port: number, files: TargetFiles): Promise<string> {
  const socket = join(defaultSocketDirectory, `.s.PGSQL.${port}`);
  return (await files.exists(socket)) ? defaultSocketDirectory : 'localhost';
}

function readPort(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text.trim());
  if (!/^\s*\d+\s*$/.test(text) || port < 1 || port > 65_535) throw invalid('port must be a number from 1 to 65535');
  return port;
}

function readSslMode(text: string | undefined, rootCert: string | undefined): SslMode {
  // libpq: sslrootcert=system makes verify-full the default and the only mode.
  const word = text ?? (rootCert === 'system' ? 'verify-full' : 'prefer');
  const mode = sslModes.find((known) => known === word);
  if (mode === undefined) throw invalid(`sslmode must be one of ${sslModes.join(', ')}`);
  if (rootCert === 'system' && mode !== 'verify-full') {
    throw invalid(`sslmode ${mode} is too weak with sslrootcert=system; use verify-full`);
  }
  return mode;
}

/** Seconds; zero, negative and absent mean "no limit of its own", as in libpq. */
function readConnectTimeoutMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\s*-?\d{1,6}\s*$/.test(text)) throw invalid('connect_timeout must be a whole number of seconds');
  const seconds = Number(text);
  return seconds > 0 ? seconds * 1000 : undefined;
}

/** Paths as given; else those of ~/.postgresql that exist. */
async function readCertificatePaths(
  get: (key: string) => string | undefined,
  directory: string,
  files: TargetFiles,
): Promise<Pick<PgTarget, 'sslRootCert' | 'sslCert' | 'sslKey'>> {
  const find = async (key: string, name: string): Promise<string | undefined> => {
    const path = get(key);
    if (path !== undefined) return path;
    const usual = join(directory, name);
    return (await files.exists(usual)) ? usual : undefined;
  };
  const sslRootCert = await find('sslrootcert', 'root.crt');
  const sslCert = await find('sslcert', 'postgresql.crt');
  const sslKey = sslCert === undefined ? get('sslkey') : await find('sslkey', 'postgresql.key');
  return { sslRootCert, sslCert, sslKey };
}

/** What other programs call some parameters. */
const foreignNames: ReadonlyMap<string, string> = new Map([
  ['database', 'dbname'],
  ['db', 'dbname'],
  ['username', 'user'],
  ['pass', 'password'],
  ['pwd', 'password'],
  ['sslca', 'sslrootcert'],
  ['timeout', 'connect_timeout'],
]);

/** The known key that is meant by a foreign name, or the one with most letter pairs in common. */
function nearestKey(word: string): string | undefined {
  const meant = foreignNames.get(word.toLowerCase());
  if (meant !== undefined) return meant;
  const wanted = letterPairs(word);
  let best: { readonly key: string; readonly score: number } | undefined;
  for (const key of dsnKeys.keys()) {
    const known = letterPairs(key);
    const shared = [...known].filter((pair) => wanted.has(pair)).length;
    const score = (2 * shared) / (known.size + wanted.size);
    if (score > (best?.score ?? 0.4)) best = { key, score };
  }
  return best?.key;
}

function letterPairs(text: string): ReadonlySet<string> {
  const padded = ` ${text.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2)));
}

function invalid(message: string): ConnectError {
  return new ConnectError('config_invalid', `the PostgreSQL connection string is invalid: ${message}`);
}
