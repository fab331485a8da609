import type { FactMap } from '../facts.ts';

type Passwords = FactMap['pg.known-passwords'];
type KnownPassword = Passwords['roles'][number];

/** A role with a password of its own that nobody knows, then as told. */
export const knownPassword = (name: string, changes: Partial<KnownPassword> = {}): KnownPassword => ({
  name,
  superuser: false,
  replication: false,
  known: null,
  isAuditors: false,
  fingerprint: `digest of ${name}`,
  ...changes,
});

/** A pg.known-passwords fact of a primary. */
export const passwordsFact = (
  roles: readonly KnownPassword[],
  changes: Partial<Omit<Passwords, 'roles'>> = {},
): Passwords => ({ isCopy: false, auditor: 'auditor', untried: [], ...changes, roles });
