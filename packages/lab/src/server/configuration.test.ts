import { describe, expect, test } from 'vitest';
import { renderConfiguration, renderRecoveryConf, renderSettings, type NodeConfiguration } from './configuration.ts';
import { renderHba } from './hba.ts';

const node: NodeConfiguration = {
  versionNum: 180004,
  clusterName: 'pg-demo-2',
  port: 5433,
  socketDir: '/tmp/run',
  archiveDir: '/tmp/archive',
  durable: true,
  standby: { conninfo: 'host=localhost port=5432', slot: 'pg_demo_2' },
};

describe('postgresql.conf of a demo node', () => {
  test('names the primary and the slot on a standby, and nothing of it on a primary', () => {
    expect(renderConfiguration(node)).toContain(
      `primary_conninfo = 'host=localhost port=5432'\nprimary_slot_name = 'pg_demo_2'\n`,
    );
    expect(renderConfiguration({ ...node, standby: undefined })).not.toContain('primary_conninfo');
  });

  test('turns fsync off only when told so', () => {
    expect(renderConfiguration(node)).not.toContain('fsync');
    expect(renderConfiguration({ ...node, durable: false })).toContain(`fsync = 'off'`);
  });

  test.each([
    [100023, ['archive_command'], ['ssl_min_protocol_version', 'primary_conninfo', 'archive_library']],
    [120022, ['ssl_min_protocol_version', 'primary_conninfo', 'archive_command'], ['max_slot_wal_keep_size']],
    [140023, ['idle_session_timeout', 'max_slot_wal_keep_size'], ['archive_library']],
    [150018, ['archive_library'], ['archive_command']],
  ])('of version %i has what that version knows', (versionNum, present, absent) => {
    const text = renderConfiguration({ ...node, versionNum });
    for (const name of present) expect(text).toContain(`${name} = `);
    for (const name of absent) expect(text).not.toContain(`${name} = `);
  });

  test('before version 12 leaves the primary to recovery.conf', () => {
    expect(renderRecoveryConf({ conninfo: 'host=localhost', slot: 'pg_demo_2' })).toBe(
      `standby_mode = 'on'\nrecovery_target_timeline = 'latest'\nprimary_conninfo = 'host=localhost'\nprimary_slot_name = 'pg_demo_2'\n`,
    );
  });

  test('quotes values that hold quotes', () => {
    expect(renderSettings({ log_line_prefix: `it's \\ %m` })).toBe(`log_line_prefix = 'it''s \\\\ %m'\n`);
  });
});

test('pg_hba.conf lets nobody in over the network without TLS and keeps the superuser local', () => {
  expect(renderHba()).toMatchInlineSnapshot(`
    "# TYPE        DATABASE      USER              ADDRESS       METHOD
    local         all           postgres                        scram-sha-256
    hostssl       replication   replicator        127.0.0.1/32  scram-sha-256
    hostssl       postgres,app  pgattest_monitor  127.0.0.1/32  scram-sha-256
    hostssl       postgres,app  pgattest_auditor  127.0.0.1/32  scram-sha-256
    hostssl       app           app_rw            127.0.0.1/32  scram-sha-256
    "
  `);
});
