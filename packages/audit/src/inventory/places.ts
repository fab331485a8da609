import { shellWord as word } from '../psql-command.ts';
import type { DeclaredEtcd, DeclaredHttp } from './declared.ts';

/**
 * Places of printed commands against an HTTP API: `url` without a slash at its end, and `curl` up to the address, the
 * body on stdout whatever the status. Credentials are read from their file as the command runs and pass through a
 * pipe, so that they are in no argument.
 */
export function httpPlaces(http: DeclaredHttp): Readonly<Record<string, string>> {
  const options = [
    ['--cacert', http.caFile],
    ['--cert', http.certFile],
    ['--key', http.keyFile],
  ].flatMap(([name, file]) => (name === undefined || file === undefined ? [] : [`${name} ${word(file)}`]));
  const login =
    http.credentialsFile === undefined
      ? 'curl'
      : String.raw`sed 's/[\\"]/\\&/g; s/.*/user = "&"/' ${word(http.credentialsFile)} | curl -K -`;
  return {
    url: word(http.url.replace(/\/$/u, '')),
    curl: [login, '-sS --max-time 10', ...options].join(' '),
  };
}

/** Places of printed commands against one member of etcd: `etcdctl`, `prefix`, and those of an HTTP API. */
export function etcdPlaces(etcd: DeclaredEtcd, url: string, prefix: string): Readonly<Record<string, string>> {
  const { caFile, certFile, keyFile, user, passwordFile } = etcd;
  const options = [
    ['endpoints', url],
    ['cacert', caFile],
    ['cert', certFile],
    ['key', keyFile],
    ['user', user],
  ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [`--${name}=${word(value)}`]));
  const password = passwordFile === undefined ? [] : [`ETCDCTL_PASSWORD="$(cat ${word(passwordFile)})"`];
  return {
    ...httpPlaces({
      url,
      ...(caFile === undefined ? {} : { caFile }),
      ...(certFile === undefined ? {} : { certFile }),
      ...(keyFile === undefined ? {} : { keyFile }),
    }),
    etcdctl: ['ETCDCTL_API=3', ...password, 'etcdctl', '--command-timeout=10s', ...options].join(' '),
    prefix: word(prefix),
  };
}
