import { expect, it } from 'vitest';
import { parseIni } from './ini.fixture.ts';
import { fixtureMaterials, fixtureSecrets } from './materials.fixture.ts';
import { renderPgbouncerConfig, renderPgbouncerHba, renderUserList } from './pgbouncer.ts';

const materials = fixtureMaterials();
const [member] = materials.topology.members;

it('wants TLS of every client, looks users up in the server and keeps to the socket behind', () => {
  if (member === undefined) throw new Error('no member');
  expect(parseIni(renderPgbouncerConfig(materials, member))).toMatchObject({
    databases: { app: 'host=/lab/pg-test-1/sock port=5432 dbname=app auth_user=pgbouncer' },
    pgbouncer: {
      listen_addr: '198.51.100.11',
      listen_port: '6432',
      auth_type: 'hba',
      auth_query: 'SELECT username, password FROM pgbouncer.get_auth($1)',
      client_tls_sslmode: 'require',
      client_tls_protocols: 'secure',
      stats_users: 'pgattest_monitor',
      unix_socket_mode: '0700',
    },
  });
});

it('knows the password of the lookup role only, and verifiers of the others', () => {
  const lines = renderUserList(materials).trim().split('\n');
  expect(lines[0]).toBe(`"pgbouncer" "${fixtureSecrets.pgbouncer}"`);
  for (const line of lines.slice(1)) expect(line).toMatch(/^"(?:pgattest_monitor|dbuser_dba)" "SCRAM-SHA-256\$/u);
});

it('has administrators on the socket only, and others over the network from where HAProxy runs', () => {
  const remote = renderPgbouncerHba(materials)
    .split('\n')
    .filter((line) => line.startsWith('host'));
  expect(remote).toEqual([
    'hostssl pgbouncer pgattest_monitor 198.51.100.10/32 scram-sha-256',
    'hostssl app app_owner,app_rw 198.51.100.10/32 scram-sha-256',
  ]);
});
