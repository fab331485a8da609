import { redactSecrets } from '@pgattest/runtime';
import type { FileFacts } from '../../node/access.ts';
import { defineProbe } from '../../probe.ts';
import { readYaml } from './read-yaml.ts';

export interface EtcdConfigFact {
  readonly path: string;
  /** Every setting by its flag, sections joined by a dot: `client-transport-security.cert-file`; values as text. */
  readonly settings: Readonly<Record<string, string>>;
  /** Lines as they are, without comments and empty ones. */
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
      settings,
      lines: text
        .split('\n')
        .filter((line) => /^\s*[^#\s]/u.test(line))
        .map(redactSecrets),
      dataDir: dataDir.startsWith('/') ? ((await node.facts(dataDir, { follow: true })) ?? null) : null,
      keys,
    };
  },
});

/** Reads both forms: YAML (`--config-file`), and `ETCD_…=value` lines of an environment file. Errors: invalid_data. */
export function parseEtcdConfig(text: string, path: string): Readonly<Record<string, string>> {
  const isEnvironment = text.split('\n').some((line) => /^\s*(?:export\s+)?ETCD_[A-Z0-9_]+=/u.test(line));
  if (isEnvironment) return parseEnvironment(text);
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(readYaml(text, path))) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, content] of Object.entries(value)) settings[`${key}.${inner}`] = textOf(content);
    } else settings[key] = textOf(value);
  }
  return settings;
}

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
