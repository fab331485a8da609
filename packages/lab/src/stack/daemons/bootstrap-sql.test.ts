import { expect, it } from 'vitest';
import { bootstrapSql } from './bootstrap-sql.ts';
import { fixtureSecrets } from './materials.fixture.ts';
import { roleVerifiers } from './role-verifiers.ts';

const verifiers = roleVerifiers(fixtureSecrets);
const script = bootstrapSql({ verifiers, auditorGrants: ['GRANT SELECT ON pg_catalog.x TO {role}'] });

it('holds verifiers and no password', () => {
  for (const secret of Object.values(fixtureSecrets)) expect(script).not.toContain(secret);
  for (const verifier of Object.values(verifiers)) {
    expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:[^$]+\$[^:]+:.+$/u);
    expect(script).toContain(`PASSWORD '${verifier}'`);
  }
});

it('gives the same verifiers when the files are written again, and other ones to other passwords', () => {
  expect(roleVerifiers(fixtureSecrets)).toEqual(verifiers);
  expect(roleVerifiers({ ...fixtureSecrets, app_rw: 'another' }).app_rw).not.toBe(verifiers.app_rw);
});

it('is silent in the log before the first verifier, in both databases', () => {
  const [first = '', second = ''] = script.split('\\connect app\n');
  for (const part of [first, second]) {
    const quiet = part.indexOf(`SET log_statement = 'none';`);
    expect(quiet).toBe(0);
    expect(part.indexOf(`SET pgaudit.log = 'none';`)).toBeGreaterThan(0);
  }
  expect(first.indexOf('PASSWORD')).toBeGreaterThan(first.indexOf(`SET pgaudit.log = 'none';`));
});

it('gives the auditor its grants in both databases', () => {
  expect(script.split('GRANT SELECT ON pg_catalog.x TO pgattest_auditor;\n')).toHaveLength(3);
});

it('keeps the lookup of PgBouncer to PgBouncer', () => {
  expect(script).toContain('SECURITY DEFINER SET search_path = pg_catalog, pg_temp');
  expect(script).toContain('REVOKE ALL ON FUNCTION pgbouncer.get_auth(text) FROM PUBLIC;');
  expect(script).toMatch(/AND NOT rolsuper\s+AND NOT rolreplication/u);
});
