import { redactSecrets } from '@pgattest/runtime';
import type { FileFacts } from '../../node/access.ts';
import { defineProbe } from '../../probe.ts';
import { readYaml } from './read-yaml.ts';

export interface EtcdConfigFact {
  readonly path: string;
  /**
   * Every setting by its flag, sections joined by a dot: `client-transport-security.cert-file`; values as text, `***`
   * where they are secret.
   */
  readonly settings: Readonly<Record<string, string>>;
  /** Lines that name a setting, as they are but for their secrets. */
  readonly lines: readonly string[];
  /** The data directory and the key files that the configuration names; null where there is none. */
  readonly dataDir: FileFacts | null;
  readonly keys: readonly FileFacts[];
}

/** The configuration file of etcd; null where there is none. */
export const nodeEtcdConfig = defineProbe({
  id: 'node.etcd-config',
  subject: 'node',
  title: 'Configuration of etcd (etcd.conf), and the modes of the data directory and key files it names',
  privilege: 'read etcd.conf on the node, search permission on the folders it names',
  grants: [],
  async collect({ node }): Promise<EtcdConfigFact | null> {
    const path = node.paths.etcdConfig;
    const text = await node.readText(path);
    if (text === undefined) return null;
    const settings = parseEtcdConfig(text, path);
    const dataDir = settings['data-dir'] ?? node.paths.etcdData;
    const keyFiles = ['client-transport-security.key-file', 'peer-transport-security.key-file'].flatMap((name) => {
      const file = settings[name];
      return file === undefined || !file.startsWith('/') ? [] : [file];
    });
    const keys: FileFacts[] = [];
    for (const file of new Set(keyFiles)) {
      const facts = await node.facts(file, { follow: true });
      if (facts !== undefined) keys.push(facts);
    }
    return {
      path,
      settings: Object.fromEntries(Object.entries(settings).map(([flag, value]) => [flag, redactValue(flag, value)])),
      lines: linesWithoutSecrets(text, settings),
      dataDir: dataDir.startsWith('/') ? ((await node.facts(dataDir, { follow: true })) ?? null) : null,
      keys,
    };
  },
});

/** Flags whose value is a secret of its own: tokens of clusters, of discovery services, and whatever is named so. */
const secretFlag = /(?:token|password|passphrase|secret)$|(?:^|[.-])discovery$/iu;

/** `auth-token` names a provider of tokens and the files of its keys. */
const isSecret = (flag: string, value: string): boolean =>
  value !== '' && secretFlag.test(flag) && !(flag === 'auth-token' && /^(?:simple|jwt)(?:,|$)/u.test(value));

/** Other values may hold one within: an address with a password. */
const redactValue = (flag: string, value: string): string => (isSecret(flag, value) ? '***' : redactSecrets(value));

/**
 * Only lines that begin with the name of a setting: the lines that a value goes on over are left out, for they do not
 * say whose they are.
 */
function linesWithoutSecrets(text: string, settings: Readonly<Record<string, string>>): readonly string[] {
  const names = new Set(Object.keys(settings).flatMap((flag) => [flag, ...flag.split('.')]));
  const secrets = Object.entries(settings).flatMap(([flag, value]) => (isSecret(flag, value) ? [value] : []));
  return text.split('\n').flatMap((line) => {
    const [, start = '', name = '', sign = ''] = /^(\s*(?:export\s+)?["']?)([\w.-]+)(["']?\s*[:=])/u.exec(line) ?? [];
    const flag = name
      .replace(/^ETCD_/u, '')
      .toLowerCase()
      .replaceAll('_', '-');
    if (!names.has(name) && !name.startsWith('ETCD_')) return [];
    if (isSecret(flag, line.slice(start.length + name.length + sign.length).trim()))
      return [`${start}${name}${sign} ***`];
    return [redactSecrets(secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), line))];
  });
}

/** Reads both forms: YAML (`--config-file`), and `ETCD_…=value` lines of an environment file. Errors: invalid_data. */
export function parseEtcdConfig(text: string, path: string): Readonly<Record<string, string>> {
  const isEnvironment = text.split('\n').some((line) => /^\s*(?:export\s+)?ETCD_[A-Z0-9_]+=/u.test(line));
  if (isEnvironment) return parseEnvironment(text);
  return flatten(readYaml(text, path));
}

const flatten = (section: object, prefix = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(section).flatMap(([key, value]: readonly [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, textOf(value)] as const],
    ),
  );

const sectionFlags: Readonly<Record<string, string>> = {
  'cert-file': 'client-transport-security.cert-file',
  'key-file': 'client-transport-security.key-file',
  'trusted-ca-file': 'client-transport-security.trusted-ca-file',
  'client-cert-auth': 'client-transport-security.client-cert-auth',
  'auto-tls': 'client-transport-security.auto-tls',
  'peer-cert-file': 'peer-transport-security.cert-file',
  'peer-key-file': 'peer-transport-security.key-file',
  'peer-trusted-ca-file': 'peer-transport-security.trusted-ca-file',
  'peer-client-cert-auth': 'peer-transport-security.client-cert-auth',
  'peer-auto-tls': 'peer-transport-security.auto-tls',
};

function parseEnvironment(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^\s*(?:export\s+)?ETCD_([A-Z0-9_]+)=(.*)$/u.exec(line) ?? [];
      if (name === undefined || value === undefined) return [];
      const flag = name.toLowerCase().replaceAll('_', '-');
      return [[sectionFlags[flag] ?? flag, value.trim().replaceAll(/^(["'])(.*)\1$/gu, '$2')]];
    }),
  );
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
};
