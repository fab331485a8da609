import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { LabOptions } from '../options.ts';
import { rtoPlans, startTimers } from '../rto-plans.ts';
import { fixtureMaterials, fixtureSecrets } from './materials.fixture.ts';
import { patroniEnvironment, planTimers, renderPatroniConfig } from './patroni-config.ts';

function configOf(options: Partial<LabOptions>, host: string, separateUsers = true): unknown {
  const materials = fixtureMaterials(options, { separateUsers });
  const { members, standbyMembers } = materials.topology;
  const member = [...members, ...standbyMembers].find(({ name }) => name === host);
  if (member === undefined) throw new Error(`no member ${host}`);
  // Patroni reads YAML 1.1, where a bare on would be a boolean.
  return parse(renderPatroniConfig(materials, member), { version: '1.1' });
}

describe('patroni.yml', () => {
  it('reaches etcd over TLS with a certificate and the login of its cluster', () => {
    expect(configOf({}, 'pg-test-2')).toMatchObject({
      scope: 'pg-test',
      namespace: '/pg',
      name: 'pg-test-2',
      etcd3: {
        hosts: ['198.51.100.21:2379', '198.51.100.22:2379', '198.51.100.23:2379'],
        protocol: 'https',
        cert: '/lab/pg-test-2/pki-postgres/client.crt',
        username: 'pg-test',
        password: fixtureSecrets.etcdPatroni,
      },
      restapi: { listen: '198.51.100.12:8008', authentication: { username: 'patroni' } },
      watchdog: { mode: 'off' },
    });
  });

  it('starts with quick timers and has those of the plan for later', () => {
    expect(configOf({ rto: 'wide' }, 'pg-test-1')).toMatchObject({
      bootstrap: { dcs: { ttl: startTimers.ttl, loop_wait: 1, retry_timeout: 3, primary_start_timeout: 95 } },
    });
    expect(planTimers(fixtureMaterials({ rto: 'wide' }))).toEqual({ ttl: 120, loop_wait: 20, retry_timeout: 30 });
  });

  it('is asynchronous as oltp, and synchronous and strict as crit', () => {
    expect(configOf({}, 'pg-test-1')).toMatchObject({
      bootstrap: { dcs: { synchronous_mode: false, synchronous_mode_strict: false, failsafe_mode: true } },
    });
    expect(configOf({ durability: 'crit', failsafe: false }, 'pg-test-1')).toMatchObject({
      bootstrap: { dcs: { synchronous_mode: true, synchronous_mode_strict: true, failsafe_mode: false } },
    });
  });

  it('lets the superuser in over the socket without a password, unless there is no user of its own', () => {
    const authentication = { superuser: { username: 'postgres' }, rewind: { username: 'dbrewind' } };
    expect(configOf({}, 'pg-test-1')).toMatchObject({ postgresql: { use_unix_socket: true, authentication } });
    expect(configOf({}, 'pg-test-1')).not.toHaveProperty('postgresql.authentication.superuser.password');
    expect(configOf({}, 'pg-test-1', false)).toHaveProperty(
      'postgresql.authentication.superuser.password',
      fixtureSecrets.postgres,
    );
  });

  it('keeps words such as on and off as text', () => {
    expect(configOf({}, 'pg-test-1')).toMatchObject({
      bootstrap: { dcs: { postgresql: { parameters: { ssl: 'on', log_truncate_on_rotation: 'off' } } } },
    });
  });

  it.each(['pg-test-1', 'pg-test-3'])('has the same paths on %s as on every member, except for the sockets', (host) => {
    expect(configOf({}, host)).toMatchObject({
      postgresql: {
        parameters: {
          unix_socket_directories: `/lab/${host}/sock`,
          log_directory: '../pglog',
          ssl_cert_file: '../pki-postgres/server.crt',
          ssl_ca_file: '../pki-postgres/ca.crt',
        },
      },
    });
  });
});

describe('a standby cluster', () => {
  const options: Partial<LabOptions> = { standbyCluster: { delaySeconds: 3600 }, durability: 'crit' };

  it('follows whichever member of the main cluster is writable, through a slot that the main cluster keeps', () => {
    expect(configOf(options, 'pg-testb-1')).toMatchObject({
      scope: 'pg-testb',
      etcd3: { username: 'pg-testb' },
      bootstrap: {
        dcs: {
          standby_cluster: { host: '198.51.100.11,198.51.100.12,198.51.100.13', primary_slot_name: 'pg_testb' },
          synchronous_mode: false,
        },
      },
    });
    expect(configOf(options, 'pg-test-1')).toMatchObject({
      bootstrap: { dcs: { slots: { pg_testb: { type: 'physical' } } } },
    });
    expect(configOf(options, 'pg-test-1')).not.toHaveProperty('bootstrap.dcs.standby_cluster');
  });

  it('is late as a whole, and restores WAL of the cluster it follows', () => {
    expect(configOf(options, 'pg-testb-2')).toMatchObject({
      bootstrap: {
        dcs: {
          postgresql: {
            recovery_conf: {
              recovery_min_apply_delay: '3600s',
              restore_command: 'pgbackrest --stanza=pg-test archive-get %f "%p"',
            },
            parameters: { archive_command: 'pgbackrest --stanza=pg-testb archive-push "%p"' },
          },
        },
      },
    });
    expect(configOf(options, 'pg-test-2')).not.toHaveProperty(
      'bootstrap.dcs.postgresql.recovery_conf.recovery_min_apply_delay',
    );
  });
});

it('leaves the leader time for two retries before its lease ends, in every plan but the one for quick suites', () => {
  for (const [name, plan] of Object.entries(rtoPlans)) {
    if (name === 'test') continue;
    expect([name, plan.ttl >= plan.loopWait + 2 * plan.retryTimeout]).toEqual([name, true]);
  }
  expect(startTimers.ttl).toBeGreaterThanOrEqual(startTimers.loopWait + 2 * startTimers.retryTimeout);
});

describe('environment of Patroni', () => {
  it('keeps it from asking a name server for the name of its own address', () => {
    const materials = fixtureMaterials({ isolation: 'loopback', subnet: '127.77.0' });
    const [member] = materials.topology.members;
    if (member === undefined) throw new Error('a lab without members');
    expect(patroniEnvironment(materials, member)).toMatchObject({ RES_OPTIONS: 'attempts:0' });
  });
});
