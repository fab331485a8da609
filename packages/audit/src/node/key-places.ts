import { dirname, join, resolve } from 'node:path';
import { parseHaproxyConfig, parsePgbouncerIni } from '@pgattest/connect';
import { parseEtcdConfig } from '../probes/node/etcd-config.ts';
import { readYaml } from '../probes/node/read-yaml.ts';
import type { NodeAccess } from './access.ts';
import { attempt } from './attempt.ts';
import { readServerConfig } from './server-config.ts';

/** A file that some configuration names as a private key, or where one usually is. */
export interface KeyPlace {
  readonly path: string;
  readonly usedBy: 'PostgreSQL' | 'Patroni' | 'PgBouncer' | 'etcd' | 'HAProxy';
}

/**
 * Where the components of a host have their private keys. Configuration that is not there, or may not be read, names
 * none. Errors: invalid_data for a configuration that does not parse.
 */
export async function findKeyPlaces(node: NodeAccess): Promise<readonly KeyPlace[]> {
  const { paths } = node;
  const server = await readServerConfig(node);
  const places: KeyPlace[] = [
    { path: resolve(paths.pgData, server.get('ssl_key_file') ?? 'server.key'), usedBy: 'PostgreSQL' },
    { path: join(paths.pgCert, 'server.key'), usedBy: 'PostgreSQL' },
    { path: join(paths.etcdCert, 'server.key'), usedBy: 'etcd' },
  ];
  const read = async (path: string, names: (text: string) => readonly unknown[], usedBy: KeyPlace['usedBy']) => {
    const text = await attempt(node.readText(path));
    if (text.state !== 'present') return;
    for (const name of names(text.value)) {
      if (typeof name === 'string' && name !== '') places.push({ path: resolve(dirname(path), name), usedBy });
    }
  };
  await read(paths.patroniConfig, (text) => patroniKeys(readYaml(text, paths.patroniConfig)), 'Patroni');
  await read(paths.pgbouncerIni, (text) => pgbouncerKeys(text, paths.pgbouncerIni), 'PgBouncer');
  await read(paths.etcdConfig, (text) => etcdKeys(text, paths.etcdConfig), 'etcd');
  await read(paths.haproxyConfig, (text) => haproxyKeys(text, paths.haproxyConfig), 'HAProxy');
  return places.filter(({ path }, index) => places.findIndex((place) => place.path === path) === index);
}

const patroniKeys = (document: Readonly<Record<string, unknown>>): readonly unknown[] => [
  fieldsOf(document['restapi'])['keyfile'],
  fieldsOf(document['ctl'])['keyfile'],
  fieldsOf(document['etcd3'])['key'],
  fieldsOf(document['etcd'])['key'],
];

const pgbouncerKeys = (text: string, path: string): readonly unknown[] =>
  parsePgbouncerIni(text, path).settings.flatMap(({ key, value }) =>
    /^(?:client|server)_tls_key_file$/u.test(key) ? [value] : [],
  );

const etcdKeys = (text: string, path: string): readonly unknown[] =>
  Object.entries(parseEtcdConfig(text, path)).flatMap(([name, value]) => (name.endsWith('.key-file') ? [value] : []));

/** A certificate of HAProxy holds its key, unless that lies beside it under the same name with `.key`. */
const haproxyKeys = (text: string, path: string): readonly unknown[] =>
  parseHaproxyConfig(text, path).sections.flatMap(({ directives }) =>
    directives.flatMap(({ words }) =>
      words.flatMap((word, index) => {
        const file = words[index + 1];
        return word === 'crt' && file !== undefined ? [file, `${file}.key`] : [];
      }),
    ),
  );

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
