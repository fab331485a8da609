import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsOf } from '../settings.ts';
import { loadAuditConfig } from './load.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-clusters-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function load(text: string) {
  const file = join(directory, 'audit.yml');
  await writeFile(file, text);
  return loadAuditConfig(file, { checks: [], frameworks: [{ id: 'soc2' }] });
}
const refusal = (text: string): Promise<string> =>
  load(text).then(
    () => 'valid',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const whole = `clusters:
  - name: pg-test
    members:
      - name: pg-test-1
        dsn: host=10.0.0.1 user=a
        patroni: { url: "https://10.0.0.1:8008", ca: ca.crt }
        pgbouncer: { dsn: "host=10.0.0.1 port=6432 dbname=pgbouncer user=m" }
        node: { facts: nodes/pg-test-1.json, max_age: 2h }
      - { name: pg-test-2, dsn: host=10.0.0.2 user=a, absent: [pgbouncer], node: { local: true } }
    etcd:
      members: [{ name: etcd-1, url: "https://10.0.0.21:2379" }]
      user: pg-test
      password_file: etcd.password
    haproxy:
      - name: mon
        stats: { url: "http://10.0.0.9:9101", credentials_file: haproxy.login }
        services: [{ name: pg-test-primary, role: primary, host: 10.0.0.9, port: 5433 }]
    monitoring: { prometheus: { url: "http://10.0.0.9:9090" } }
    records: { drill_dir: drills }
    vip: 10.0.0.3
    discover: [{ from: patroni }, { from: pigsty, file: pigsty.yml }]
`;

it('takes every component, with files relative to the configuration', async () => {
  const { clusters } = settingsOf(await load(whole), ['soc2']);
  expect(clusters).toEqual([
    {
      name: 'pg-test',
      members: [
        {
          name: 'pg-test-1',
          dsn: 'host=10.0.0.1 user=a',
          patroni: { url: 'https://10.0.0.1:8008', caFile: join(directory, 'ca.crt') },
          pgbouncer: { dsn: 'host=10.0.0.1 port=6432 dbname=pgbouncer user=m' },
          node: { from: 'file', file: join(directory, 'nodes/pg-test-1.json'), maxAgeMs: 7_200_000 },
        },
        { name: 'pg-test-2', dsn: 'host=10.0.0.2 user=a', absent: ['pgbouncer'], node: { from: 'local' } },
      ],
      etcd: {
        members: [{ name: 'etcd-1', url: 'https://10.0.0.21:2379' }],
        user: 'pg-test',
        passwordFile: join(directory, 'etcd.password'),
        namespace: '/pg',
      },
      haproxy: [
        {
          name: 'mon',
          stats: { url: 'http://10.0.0.9:9101', credentialsFile: join(directory, 'haproxy.login') },
          services: [{ name: 'pg-test-primary', role: 'primary', host: '10.0.0.9', port: 5433 }],
        },
      ],
      monitoring: { prometheus: { url: 'http://10.0.0.9:9090' } },
      records: { drillDir: join(directory, 'drills') },
      vip: '10.0.0.3',
      discover: [{ from: 'patroni' }, { from: 'pigsty', file: join(directory, 'pigsty.yml') }],
    },
  ]);
});

describe('names file, line and remedy of', () => {
  it.each([
    [
      'an unknown component',
      'vip:',
      'vpi:',
      /audit\.yml:20:5 \/clusters\/0 has an unknown key "vpi"; did you mean "vip"/u,
    ],
    ['a URL with a password', '"https://10', '"https://u:p@10', /audit\.yml:6:25 .*url must match/u],
    [
      'a password in a dsn',
      'user=m"',
      'password=hunter2"',
      /:7:27 .*pgbouncer of pg-test-1 holds a password; .*passfile/u,
    ],
    ['a host read in two ways', 'facts: nodes', 'local: true, facts: nodes', /:8:15 .*exactly one of local: true/u],
    ['paths of a shipped file', 'max_age: 2h', 'paths: x.yml', /:8:\d+ .*collect-node takes its own --paths/u],
    [
      'etcd without a password file',
      '      password_file: etcd.password\n',
      '',
      /:10:5|:11:\d+ .*both user and password_file/u,
    ],
    [
      'what is absent and declared',
      'vip:',
      'absent: [etcd]\n    vip:',
      /:20:13 .*there is no etcd, which is declared/u,
    ],
    ['what a member lacks and has', 'absent: [pgbouncer]', 'absent: [node]', /:9:\d+ .*pg-test-2 has no node/u],
    ['a repeated name', 'name: pg-test-2', 'name: pg-test-1', /:9:\d+ .*pg-test-1 is declared twice/u],
    ['a source without its file', 'from: pigsty, file: pigsty.yml', 'from: pigsty', /:21:\d+ .*lacks the key "file"/u],
    [
      'nobody to ask',
      '        patroni: { url: "https://10.0.0.1:8008", ca: ca.crt }\n',
      '',
      /no member has the key patroni, so there is nobody/u,
    ],
    [
      'two names for members',
      '    vip:',
      '    instances: [{ name: a, dsn: host=h }]\n    vip:',
      /:20:\d+ .*older name of members/u,
    ],
    ['a role no service has', 'role: primary', 'role: leader', /:17:\d+ .*must be one of primary, replica/u],
  ])('%s', async (_, from, to, message) => {
    const text = await refusal(whole.replace(from, to));
    expect(text).toMatch(message);
    expect(text).not.toContain('hunter2');
  });

  it('a cluster without members', async () => {
    expect(await refusal('clusters:\n  - name: pg-test\n')).toMatch(/audit\.yml:2:5 .*lacks the key "members"/u);
  });
});
