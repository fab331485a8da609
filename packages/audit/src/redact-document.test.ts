import { expect, test } from 'vitest';
import { redactDocument } from './redact-document.ts';

test('secrets go, wherever they are, and the rest stays', () => {
  expect(
    redactDocument({
      ttl: 30,
      postgresql: {
        parameters: { password_encryption: 'scram-sha-256', authentication_timeout: '1min', krb_server_keyfile: '/k' },
        authentication: { replication: { username: 'replicator', password: 'se:same' } },
        pg_hba: ['hostssl all all all ldap ldapserver=a ldapbindpasswd="open sesame"'],
        pgpass: '/pg/pgpass',
      },
      standby_cluster: { host: 'a', conninfo: "host=a password='open sesame'" },
      etcd3: { url: 'https://root:sesame@a:2379', password: null, key: '/pg/cert/server.key' },
    }),
  ).toEqual({
    ttl: 30,
    postgresql: {
      parameters: { password_encryption: 'scram-sha-256', authentication_timeout: '1min', krb_server_keyfile: '/k' },
      authentication: { replication: { username: 'replicator', password: '***' } },
      pg_hba: ['hostssl all all all ldap ldapserver=a ldapbindpasswd=***'],
      pgpass: '/pg/pgpass',
    },
    standby_cluster: { host: 'a', conninfo: 'host=a password=***' },
    etcd3: { url: 'https://root:***@a:2379', password: null, key: '/pg/cert/server.key' },
  });
});
