import { ConnectError } from '../errors.ts';

/** Parameters of a connection string by libpq's names, values decoded; a later one wins. */
export type DsnParameters = ReadonlyMap<string, string>;

/**
 * Splits a connection string, URL or keyword form, as libpq does (PostgreSQL docs 32.1.1), without judging the keys.
 * Messages give offsets instead of text, since any part of a mistyped DSN may be a password. Errors: config_invalid.
 */
export function parseDsnText(dsn: string): DsnParameters {
  const text = dsn.trim();
  const scheme = /^postgres(?:ql)?:\/\//.exec(text)?.[0];
  if (scheme !== undefined) return parseUrl(text.slice(scheme.length));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw invalid('the scheme of the URL must be postgres or postgresql');
  return parseKeywords(text);
}

function parseUrl(text: string): DsnParameters {
  const parameters = new Map<string, string>();
  const { credentials, rest } = splitCredentials(text);
  if (credentials !== undefined) {
    const colon = credentials.indexOf(':');
    set(parameters, 'user', decode(colon === -1 ? credentials : credentials.slice(0, colon), 'user'));
    if (colon !== -1) set(parameters, 'password', decode(credentials.slice(colon + 1), 'password'));
  }
  const match = /^(?<authority>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/s.exec(rest);
  const { authority = '', database = '', query = '' } = match?.groups ?? {};
  readAuthority(authority, parameters);
  set(parameters, 'dbname', decode(database, 'database name'));
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals === -1) throw invalid('a parameter of the URL has no "="');
    const key = decode(pair.slice(0, equals), 'parameter name');
    const value = decode(pair.slice(equals + 1), /^\w+$/.test(key) ? key : 'a parameter');
    // JDBC's spelling, which libpq accepts too.
    if (key === 'ssl' && value === 'true') set(parameters, 'sslmode', 'require');
    else set(parameters, key, value);
  }
  return parameters;
}

/**
 * Credentials end at the `@` before the first `/`, as in libpq. A further `@` before the path belongs to the password:
 * no host contains one, and the Go programs we replace read it so.
 */
function splitCredentials(text: string): { readonly credentials: string | undefined; readonly rest: string } {
  const slash = text.indexOf('/');
  let at = text.indexOf('@');
  if (at === -1 || (slash !== -1 && slash < at)) return { credentials: undefined, rest: text };
  const authorityEnd = at + 1 + text.slice(at + 1).search(/[/?]|$/);
  at = text.lastIndexOf('@', authorityEnd - 1);
  return { credentials: text.slice(0, at), rest: text.slice(at + 1) };
}

function readAuthority(authority: string, parameters: Map<string, string>): void {
  if (authority.includes(',')) throw invalid('it names several hosts; give each target its own');
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<host>[^:[\]]*))(?::(?<port>[^:]*))?$/s.exec(authority);
  if (match === null) throw invalid('the host of the URL is malformed; an IPv6 address stands in brackets');
  const { six, host = '', port = '' } = match.groups ?? {};
  set(parameters, 'host', six ?? decode(host, 'host'));
  set(parameters, 'port', decode(port, 'port'));
}

function parseKeywords(text: string): DsnParameters {
  const parameters = new Map<string, string>();
  const pattern = /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'(?=\s|$)|((?!')(?:[^\s\\]|\\.)*))/gsy;
  while (pattern.lastIndex < text.length) {
    const offset = text.slice(pattern.lastIndex).search(/\S/) + pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw invalid(`expected key=value at character ${offset + 1}`);
    const value = (match[2] ?? match[3] ?? '').replaceAll(/\\(.)/gs, '$1');
    set(parameters, match[1] ?? '', value);
  }
  return parameters;
}

/** An empty value means "not given" everywhere in libpq. */
function set(parameters: Map<string, string>, key: string, value: string): void {
  if (value !== '') parameters.set(key, value);
}

function decode(text: string, what: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Falls through: the cause would quote the text, which may be a password.
  }
  throw invalid(`the ${what} is not valid percent-encoding; write "%" as %25`);
}

function invalid(message: string): ConnectError {
  return new ConnectError('config_invalid', `the PostgreSQL connection string is invalid: ${message}`);
}
