import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditRules, loadAuditConfig, settingsOf, startAuditor } from '@pgattest/audit';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { createLogger, urlOf } from '@pgattest/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthority } from '../../packages/lab/src/pki/authority.ts';
import { pgattestAudit } from './audit-harness.ts';
import { findLeaks, readEverything } from './leaks.ts';
import { startReflectingServer, type ReflectingServer } from './reflecting-server.ts';

/** Passwords that only this test knows; whatever shows one of them has leaked it. */
const own = {
  wrongPassword: 'p7wrongPasswordOfTheAuditor1',
  etcd: 'p7passwordOfEtcdAndPatroni22',
  haproxy: 'p7loginOfTheStatisticsPage33',
  prometheus: 'p7loginOfTheMetricsStore4444',
  document: 'p7whatIsWrittenInADocument55',
  facts: 'p7whatIsInAFileOfNodeFacts66',
} as const;

let cluster: DemoCluster;
let reflector: ReflectingServer;
let closedPort = 0;
let directory = '';
beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  reflector = await startReflectingServer();
  closedPort = await findClosedPort();
  directory = await mkdtemp(join(tmpdir(), 'pgattest-secrets-'));
});
afterAll(async () => {
  await reflector.close();
  await cluster.stop();
  await rm(directory, { recursive: true, force: true });
});

const secrets = (): readonly string[] => [...cluster.secrets, ...Object.values(own)];

test('no secret is in a report of any format, evidence, a log, a page or a metric, also when everything fails', async () => {
  const config = await writeTroubledConfig();
  const dirs = ['--evidence-dir', join(directory, 'out/evidence'), '--report-dir', join(directory, 'out/reports')];
  const said = new Map<string, string>();
  const say = async (...argv: readonly string[]): Promise<number> => {
    const { code, stdout, stderr } = await pgattestAudit(argv);
    said.set(`stdout of ${argv.join(' ')}`, stdout).set(`stderr of ${argv.join(' ')}`, stderr);
    return code;
  };

  const document = join(directory, 'plan.txt');
  await writeFile(document, `the password is ${own.document}`);
  const signed = ['--cluster', 'pg-demo', '--signer', 'Li Lei', '--file', document, '--config', config];
  expect(await say('attest', 'attest-incident-plan', ...signed)).toBe(0);
  const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  // Twice: what is compared with the run before is written down, too.
  for (const round of ['first', 'second']) {
    const formats = ['--format', 'junit,sarif,oscal,ocsf,csv,xlsx,bilingual'];
    expect([round, await say('run', '--config', config, ...formats, ...dirs, '--fail-on', 'never')]).toEqual([
      round,
      3,
    ]);
  }
  await say('doctor', '--config', config);
  await say('doctor', '--config', config, '--json');
  await say('verify', join(directory, 'out/evidence'));
  await say('history', join(directory, 'out/evidence'));
  const [runId = ''] = (await readdir(join(directory, 'out/evidence/pg-demo'))).filter((name) => name !== 'chain');
  const folder = join(directory, 'out/evidence/pg-demo', runId);
  await say('evaluate', folder, '--report-dir', join(directory, 'out/again'), '--lang', 'zh');
  const days = ['--from', from, '--to', new Date().toISOString().slice(0, 10)];
  const written = ['--lang', 'both', '--format', 'html,json,csv,xlsx', '--report-dir', join(directory, 'out/period')];
  await say('period', join(directory, 'out/evidence'), ...days, ...written);
  await say('explain', `pg-role-secrets-scram/${cluster.primary.name}`, '--evidence', folder);

  const texts = new Map([...said, ...(await readEverything(join(directory, 'out'))), ...(await serveOnce(config))]);
  expect(findLeaks(texts, secrets())).toEqual([]);
  // What was searched is what there is to search.
  const names = [...texts.keys()].join('\n');
  const wanted = ['report.html', 'report.zh.txt', '.xlsx', '.sarif', '.csv', 'report.both.html', 'chain/00000002.json'];
  for (const name of [...wanted, 'period.both.html', 'period.json', '/metrics']) expect(names).toContain(name);
  expect(reflector.requests).toBeGreaterThan(10);
  const searched = [...texts.values()].join('\n');
  for (const trouble of ['password authentication failed', 'ECONNREFUSED', 'certificate']) {
    expect(searched).toContain(trouble);
  }
});

test.each([
  ['in a connection string', `clusters: [{ name: a, members: [{ name: a-1, dsn: "host=h password=${own.etcd}" }] }]`],
  ['in a URL', `clusters: [{ name: a, members: [{ name: a-1, dsn: "postgres://u:${own.etcd}@h/db" }] }]`],
  [
    'under a key that is not there',
    member(`, etcd: { members: [{ name: e, url: "http://h:1" }], password: ${own.etcd} }`),
  ],
  ['in the address of etcd', member(`, etcd: { members: [{ name: e, url: "http://u:${own.etcd}@h:1" }] }`)],
  ['in the address of a page', member(`, haproxy: [{ name: m, stats: { url: "http://u:${own.etcd}@h:1" } }]`)],
  ['where YAML breaks', `${member('')}\nsecret: "${own.etcd}\n  - : [`],
  ['in place of a duration', `${member('')}\ninterval: ${own.etcd}`],
  [
    'in the settings of a store',
    `${member('')}\nevidence_store: { kind: postgres, dsn: "host=h password=${own.etcd}" }`,
  ],
  ['in the settings of a bucket', `${member('')}\nevidence_store: { kind: s3, bucket: b, secret_key: ${own.etcd} }`],
  [
    'in the address of a bucket',
    `${member('')}\nevidence_store: { kind: s3, bucket: b, endpoint: "https://u:${own.etcd}@h" }`,
  ],
  ['as the name of a framework file', `${member('')}\nframework_files: { ${own.etcd}: 1 }`],
])('a configuration with a password %s is refused without showing it', async (_, yaml) => {
  const file = join(directory, 'wrong.yml');
  await writeFile(file, yaml);
  const { code, stdout, stderr } = await pgattestAudit(['run', '--config', file, '--check-config']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toBe('');
  expect(findLeaks(new Map([['stderr', stderr]]), secrets())).toEqual([]);
});

test.each([
  ['of two lines', `${own.etcd}\n${own.etcd}\n`, 0o600],
  ['that others may read', `${own.etcd}\n`, 0o644],
])('a password file %s is refused without showing it', async (_, content, mode) => {
  const file = join(directory, `etcd-${mode}.password`);
  await writeFile(file, content, { mode });
  const config = join(directory, 'wrong-file.yml');
  const etcd = `{ members: [{ name: e, url: "http://127.0.0.1:${closedPort}" }], user: a, password_file: ${file} }`;
  await writeFile(config, member(`, etcd: ${etcd}`));
  const { code, stdout, stderr } = await pgattestAudit(['run', '--config', config, '--check-config']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(findLeaks(new Map([['stderr', stderr]]), secrets())).toEqual([]);
});

/** A cluster of one member that is declared well, and more keys of it. */
function member(more: string): string {
  return `clusters: [{ name: a, members: [{ name: a-1, dsn: "host=127.0.0.1 port=1 user=a" }]${more} }]`;
}

/** One cluster that works beside components that reflect what they are sent, and one whose members all fail. */
async function writeTroubledConfig(): Promise<string> {
  const { primary } = cluster;
  const file = async (name: string, content: string): Promise<string> => {
    await mkdir(join(directory, 'files'), { recursive: true });
    const path = join(directory, 'files', name);
    await writeFile(path, `${content}\n`, { mode: 0o600 });
    return path;
  };
  const wrongPassfile = await file('wrong.pgpass', `*:*:*:*:${own.wrongPassword}`);
  const stranger = await file('stranger.crt', createAuthority('stranger', new Date()).certificate);
  const at = `http://127.0.0.1:${reflector.port}`;
  const where = `host=127.0.0.1 port=${primary.port} user=pgattest_auditor`;
  const loginOf = async (name: string, password: string) => ({
    url: at,
    credentials_file: await file(`${name}.login`, `admin:${password}`),
  });
  const troubled = {
    name: cluster.name,
    members: [
      {
        name: primary.name,
        dsn: cluster.dsn(primary, 'auditor'),
        patroni: { url: at },
        pgbouncer: { dsn: `${where} dbname=pgbouncer sslmode=disable passfile=${wrongPassfile}` },
        node: { facts: await file('facts.json', `{"password": "${own.facts}"`) },
      },
    ],
    etcd: {
      members: [{ name: 'etcd-1', url: at }],
      user: 'pg-demo',
      password_file: await file('etcd.password', own.etcd),
    },
    haproxy: [{ name: 'mon-1', stats: await loginOf('haproxy', own.haproxy) }],
    monitoring: { prometheus: await loginOf('prometheus', own.prometheus), alertmanager: { url: at } },
    records: { drill_dir: join(directory, 'files') },
  };
  const failing = {
    name: 'pg-failing',
    members: [
      { name: 'pg-failing-1', dsn: `${where} dbname=postgres sslmode=require passfile=${wrongPassfile}` },
      { name: 'pg-failing-2', dsn: `host=127.0.0.1 port=${closedPort} user=a passfile=${wrongPassfile}` },
      { name: 'pg-failing-3', dsn: `host=127.0.0.1 port=${reflector.port} user=a passfile=${wrongPassfile}` },
      {
        name: 'pg-failing-4',
        // The same server by another name: each member is declared once.
        dsn: `host=localhost port=${primary.port} user=a sslmode=verify-full sslrootcert=${stranger} passfile=${wrongPassfile}`,
      },
    ],
  };
  const config = join(directory, 'audit.yml');
  const settings = { attestations_dir: join(directory, 'out/attestations'), listen: '127.0.0.1:0', interval: '1h' };
  await writeFile(config, JSON.stringify({ clusters: [troubled, failing], ...settings, connect_timeout: '20s' }));
  return config;
}

/** Log at its most talkative, pages and metrics of the service. */
async function serveOnce(config: string): Promise<ReadonlyMap<string, string>> {
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const logger = createLogger({ level: 'debug', format: 'json', stream });
  const loaded = await loadAuditConfig(config, auditRules);
  const settings = settingsOf(loaded, ['mlps-l3', 'soc2']);
  const dirs = { evidenceDir: join(directory, 'served/evidence'), reportDir: join(directory, 'served/reports') };
  const store = { kind: 'folder', directory: dirs.evidenceDir } as const;
  const auditor = await startAuditor({ settings: { ...settings, ...dirs, store }, env: {}, logger });
  const texts = new Map<string, string>();
  try {
    await auditor.runNow();
    const url = auditor.addresses.map((address) => urlOf(address))[0] ?? '';
    for (const path of ['/', '/?lang=zh', '/metrics', '/-/ready', '/report?cls=pg-demo', '/report.json?cls=pg-demo']) {
      texts.set(`page ${path}`, await (await fetch(`${url}${path}`)).text());
    }
  } finally {
    await auditor.close();
  }
  return texts.set('log of the service', log);
}

async function findClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
