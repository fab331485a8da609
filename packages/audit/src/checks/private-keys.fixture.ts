import type { FactMap } from '../facts.ts';

type Key = FactMap['node.private-keys']['keys'][number];

/** A key as PostgreSQL wants it, then as told. */
export const privateKey = (path: string, changes: Partial<Key> = {}): Key => ({
  path,
  usedBy: 'PostgreSQL',
  state: 'present',
  mode: '0600',
  owner: 'postgres',
  group: 'postgres',
  publicKey: path,
  isAuthority: false,
  ...changes,
});

export const privateKeysFact = (...keys: readonly Key[]): FactMap['node.private-keys'] => ({
  pgUser: 'postgres',
  keys,
});
