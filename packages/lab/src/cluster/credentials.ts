import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loginRoles, type LoginRole, type RoleVerifiers } from '../server/roles.ts';
import { scramVerifier } from '../server/scram.ts';

/** The random passwords of one cluster, their verifiers and one password file (pgpass format, 0600) per role. */
export interface Credentials {
  readonly passwords: Readonly<Record<LoginRole, string>>;
  readonly verifiers: RoleVerifiers;
  passfile(role: LoginRole): string;
  /** Every string that must never appear in an output, for leak tests. */
  readonly secrets: readonly string[];
}

/** New credentials, their password files below `dir` (0700). */
export function createCredentials(dir: string): Credentials {
  mkdirSync(dir, { mode: 0o700 });
  const passwords = {
    postgres: randomPassword(),
    replicator: randomPassword(),
    pgattest_monitor: randomPassword(),
    pgattest_auditor: randomPassword(),
    app_rw: randomPassword(),
  };
  const verify = (role: LoginRole): string => scramVerifier(passwords[role], randomBytes(16));
  const verifiers = {
    replicator: verify('replicator'),
    pgattest_monitor: verify('pgattest_monitor'),
    pgattest_auditor: verify('pgattest_auditor'),
    app_rw: verify('app_rw'),
  };
  const passfile = (role: LoginRole): string => join(dir, `${role}.pgpass`);
  for (const role of loginRoles) writeFileSync(passfile(role), passfileLine(role, passwords[role]), { mode: 0o600 });
  return { passwords, verifiers, passfile, secrets: [...Object.values(passwords), ...Object.values(verifiers)] };
}

/** A pgpass line that holds for every server of the cluster. */
export function passfileLine(role: LoginRole, password: string): string {
  return `*:*:*:${role}:${password}\n`;
}

/** 32 characters that need no quoting anywhere; letters and digits both, so password rules accept it. */
function randomPassword(): string {
  return `p7${randomBytes(24).toString('base64url').replaceAll(/[-_]/gu, 'x').slice(0, 30)}`;
}
