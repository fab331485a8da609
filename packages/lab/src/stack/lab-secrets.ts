import { randomBytes } from 'node:crypto';
import type { LabMaterials, LabSecrets } from './materials.ts';

/** New random passwords; letters and digits only, so that no file format has to quote them. */
export function createSecrets(): LabSecrets {
  return {
    postgres: randomPassword(),
    replicator: randomPassword(),
    dbrewind: randomPassword(),
    dbuser_dba: randomPassword(),
    pgattest_monitor: randomPassword(),
    pgattest_auditor: randomPassword(),
    pgbouncer: randomPassword(),
    app_owner: randomPassword(),
    app_rw: randomPassword(),
    etcdRoot: randomPassword(),
    etcdPatroni: randomPassword(),
    patroniRest: randomPassword(),
    haproxyAdmin: randomPassword(),
    backupCipher: randomPassword(),
  };
}

/** How a client logs in: user, password, and for PostgreSQL the database to start with. */
export interface LabCredential {
  readonly user: string;
  readonly password: string;
  readonly database: string | undefined;
}

/** Every role of the lab by the name of its secret; the passphrase of the repository is no login and not here. */
export function credentialsOf(
  secrets: LabSecrets,
  cluster: string,
): Readonly<Record<Exclude<keyof LabSecrets, 'backupCipher'>, LabCredential>> {
  const login = (user: Exclude<keyof LabSecrets, 'backupCipher'>, database: string): LabCredential => ({
    user,
    password: secrets[user],
    database,
  });
  return {
    postgres: login('postgres', 'postgres'),
    replicator: login('replicator', 'postgres'),
    dbrewind: login('dbrewind', 'postgres'),
    dbuser_dba: login('dbuser_dba', 'postgres'),
    pgattest_monitor: login('pgattest_monitor', 'postgres'),
    pgattest_auditor: login('pgattest_auditor', 'postgres'),
    pgbouncer: login('pgbouncer', 'pgbouncer'),
    app_owner: login('app_owner', 'app'),
    app_rw: login('app_rw', 'app'),
    etcdRoot: { user: 'root', password: secrets.etcdRoot, database: undefined },
    etcdPatroni: { user: cluster, password: secrets.etcdPatroni, database: undefined },
    patroniRest: { user: 'patroni', password: secrets.patroniRest, database: undefined },
    haproxyAdmin: { user: 'admin', password: secrets.haproxyAdmin, database: undefined },
  };
}

/** Every string that must not show up in an output, for leak tests. */
export function secretStrings(secrets: LabMaterials['secrets']): readonly string[] {
  const named: Readonly<Record<keyof LabSecrets, string>> = secrets;
  return Object.values<string>(named);
}

function randomPassword(): string {
  return `p7${randomBytes(24).toString('base64url').replaceAll(/[-_]/gu, 'x').slice(0, 30)}`;
}
