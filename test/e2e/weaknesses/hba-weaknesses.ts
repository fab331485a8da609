import { monitor, network, offline, onCluster, onSubject, replica } from './cast.ts';
import { edit, prepended } from './introduce/file.ts';
import { hbaRule, reloadServer } from './introduce/hba.ts';
import type { ExpectedVerdict, Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onSubject>[1];

/** A rule before all others on one member: the members differ, and the rule itself is judged. */
const rule = (
  on: string,
  text: string,
  sentence: string,
  verdicts: Verdicts,
  ...more: readonly ExpectedVerdict[]
): Weakness => ({
  id: `rule ${text}`,
  sentence,
  on,
  introduce: hbaRule(on, text),
  expected: [...onSubject(on, verdicts), ...onCluster({ 'cluster-hba-identical': 'fail' }), ...more],
});

/** Rules in which nothing can be found while the server may run on others. */
const unreadable: Verdicts = {
  'pg-hba-no-cleartext': 'error',
  'pg-hba-no-dead-rules': 'error',
  'pg-hba-no-md5': 'error',
  'pg-hba-no-trust': 'error',
  'pg-hba-not-broad': 'error',
  'pg-hba-superuser-local': 'error',
  'pg-passwordless-login': 'error',
  'pg-tls-required': 'error',
  'pg-unix-socket-limited': 'error',
};

/** Rules of pg_hba.conf and pg_ident.conf on one member, past Patroni. */
export const hbaWeaknesses: WeaknessGroup = {
  name: 'HBA rules',
  weaknesses: [
    rule(
      offline,
      `host all all ${network} trust`,
      'everybody in the network is let in without a password',
      {
        'pg-hba-no-dead-rules': 'warn',
        'pg-hba-no-trust': 'fail',
        'pg-hba-not-broad': 'warn',
        'pg-hba-superuser-local': 'fail',
        'pg-login-refused': 'fail',
        'pg-passwordless-login': 'fail',
        'pg-plaintext-refused': 'fail',
        'pg-tls-required': 'fail',
      },
      // The offline service leads there.
      ...onSubject(`${monitor}.haproxy`, { 'haproxy-login-refused': 'fail', 'haproxy-plaintext-refused': 'fail' }),
    ),
    rule(
      offline,
      'host all all 0.0.0.0/0 md5',
      'MD5 logins from anywhere, without TLS',
      {
        'pg-hba-no-dead-rules': 'warn',
        'pg-hba-no-md5': 'warn',
        'pg-hba-not-broad': 'fail',
        'pg-hba-superuser-local': 'fail',
        'pg-passwordless-login': 'warn',
        'pg-plaintext-refused': 'fail',
        'pg-tls-required': 'fail',
      },
      ...onSubject(`${monitor}.haproxy`, { 'haproxy-plaintext-refused': 'fail' }),
    ),
    rule(replica, `hostssl app app_rw ${network} password`, 'a server sees passwords in clear text', {
      'pg-hba-no-cleartext': 'warn',
    }),
    rule(replica, 'local all all trust', 'every process of the host is any role', {
      'pg-hba-no-dead-rules': 'warn',
      'pg-hba-no-trust': 'warn',
      'pg-passwordless-login': 'fail',
      'pg-unix-socket-limited': 'warn',
    }),
    rule(offline, 'hostssl all dbuser_dba 198.51.100.10/32 scram-sha-256', 'a superuser logs in over the network', {
      'pg-hba-superuser-local': 'warn',
    }),
    rule(replica, 'hostnossl app app_rw 198.51.100.10/32 scram-sha-256', 'an application is let in without TLS', {
      'pg-tls-required': 'fail',
    }),
    rule(offline, 'hostssl replication replicator 0.0.0.0/0 scram-sha-256', 'replication from anywhere', {
      'pg-hba-no-dead-rules': 'warn',
      'pg-hba-not-broad': 'warn',
    }),
    rule(replica, 'hostssl app gone 198.51.100.10/32 scram-sha-256', 'a rule is left for a role that is gone', {
      'pg-hba-no-dead-rules': 'warn',
    }),
    {
      id: 'rule that does not parse',
      sentence: 'a rule is wrong, so that the server keeps the old ones',
      on: replica,
      introduce: hbaRule(replica, 'hostssl app app_rw somewhere-else scram-sha-512'),
      expected: [
        ...onSubject(replica, { 'pg-hba-parses': 'fail', ...unreadable }),
        ...onSubject(`${replica}.pgbouncer`, { 'pgbouncer-hba-not-weaker': 'error' }),
      ],
    },
    {
      id: 'ident map to the superuser',
      sentence: 'the account nobody becomes the superuser through a map',
      on: replica,
      introduce: async (lab) => {
        const healMap = await edit(`${replica}/data/pg_ident.conf`, prepended('weak nobody postgres'))(lab);
        const healRule = await hbaRule(replica, 'local app postgres peer map=weak')(lab);
        return async () => {
          await healMap();
          await healRule();
          await reloadServer(lab, replica);
        };
      },
      expected: [
        ...onSubject(replica, { 'pg-ident-maps-narrow': 'fail' }),
        ...onCluster({ 'cluster-hba-identical': 'fail' }),
      ],
    },
  ],
};
