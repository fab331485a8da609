import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { parseDurationMs } from '@pgattest/runtime';
import type { ConfigProblem } from './place.ts';
import type { AuditConfig } from './schema.ts';

type SharingConfig = NonNullable<AuditConfig['sharing']>;

/** How this service shares the clusters with others. */
export interface SharingSettings {
  /** URLs of the members of one etcd. */
  readonly endpoints: readonly string[];
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  /** `/pgattest/audit` */
  readonly prefix: string;
  readonly ttlMs: number;
  readonly name: string;
}

/** The sharing as the service uses it. Paths are relative to `base`. */
export function sharingOf(config: SharingConfig, base: string): SharingSettings {
  const { endpoints, ca, cert, key, user, password_file: passwordFile, prefix, ttl, name } = config;
  return {
    endpoints,
    ...(ca === undefined ? {} : { caFile: resolve(base, ca) }),
    ...(cert === undefined ? {} : { certFile: resolve(base, cert) }),
    ...(key === undefined ? {} : { keyFile: resolve(base, key) }),
    ...(user === undefined ? {} : { user }),
    ...(passwordFile === undefined ? {} : { passwordFile: resolve(base, passwordFile) }),
    prefix,
    ttlMs: parseDurationMs(ttl),
    name: name ?? hostname(),
  };
}

/** Where Patroni keeps its state unless told otherwise: Pigsty's namespace, and its own. */
const usualNamespaces = ['/pg', '/service'] as const;

/** What is wrong with the sharing beyond what its schema says. */
export function sharingProblems({ sharing, clusters }: Pick<AuditConfig, 'sharing' | 'clusters'>): ConfigProblem[] {
  if (sharing === undefined) return [];
  const { prefix, ttl, user, password_file: passwordFile, cert, key } = sharing;
  const problems: ConfigProblem[] = [];
  const say = (path: string, message: string): void => void problems.push({ path: ['sharing', path], message });
  const declared = clusters.flatMap(({ etcd }) => (etcd === undefined ? [] : [normalize(etcd.namespace)]));
  const namespace = [...declared, ...usualNamespaces].find((candidate) => overlaps(prefix, candidate));
  if (namespace !== undefined) {
    say(
      'prefix',
      `prefix ${prefix} of sharing would write among the keys of Patroni in ${namespace}; choose another, as /pgattest/audit`,
    );
  }
  const ttlMs = parseDurationMs(ttl);
  if (ttlMs < 5_000 || ttlMs > 600_000) say('ttl', `ttl of sharing is ${ttl}; choose 5s to 10m`);
  if ((user === undefined) !== (passwordFile === undefined)) {
    say('user', 'sharing needs both user and password_file, or neither');
  }
  if ((cert === undefined) !== (key === undefined)) say('cert', 'sharing needs both cert and key, or neither');
  return problems;
}

const normalize = (namespace: string): string => `/${namespace.replaceAll(/^\/+|\/+$/gu, '')}`;
/** One is the other, or lies below it. Auditors are registered below the prefix with a word after it. */
const overlaps = (prefix: string, namespace: string): boolean =>
  [prefix, `${prefix}-members`].some(
    (own) => `${own}/`.startsWith(`${namespace}/`) || `${namespace}/`.startsWith(`${own}/`),
  );
