import { createHash } from 'node:crypto';
import { scramVerifier } from '../../server/scram.ts';
import type { LabSecrets } from '../materials.ts';
import type { BootstrapRoles } from './bootstrap-sql.ts';

/**
 * SCRAM verifiers of the roles that this lab creates. The salt follows from the role and its random password, so that
 * rendering the files again gives the same text.
 */
export function roleVerifiers(secrets: LabSecrets): BootstrapRoles['verifiers'] {
  const verify = (role: keyof BootstrapRoles['verifiers']): string => {
    const salt = createHash('sha256').update(`${role}:${secrets[role]}`).digest().subarray(0, 16);
    return scramVerifier(secrets[role], salt);
  };
  return {
    dbuser_dba: verify('dbuser_dba'),
    pgattest_monitor: verify('pgattest_monitor'),
    pgattest_auditor: verify('pgattest_auditor'),
    pgbouncer: verify('pgbouncer'),
    app_owner: verify('app_owner'),
    app_rw: verify('app_rw'),
  };
}
