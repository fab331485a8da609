import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { drillCommands, type Certificate, type SignedCertificate } from '@pgattest/drill';
import { canaryTableSql, clusterHealth, labPorts, startLab, startLabWriter, type Lab } from '@pgattest/lab';
import { createProgress, runCommandLine } from '@pgattest/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const output = mkdtempSync(join(tmpdir(), 'pgattest-ha-drill-'));
const scratch = mkdtempSync(join(tmpdir(), 'pgattest-ha-scratch-'));
const keyFile = join(output, 'drill.key');
const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;
let lab: Lab;
/** Options that lead to the lab from outside of its namespaces. */
let roleOptions: readonly string[] = [];

async function drill(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const commands = [{ name: 'drill', summary: 'drill', commands: drillCommands }];
  const program = { name: 'pgattest', version: '0.0.0', summary: 'test', commands };
  const code = await runCommandLine(program, ['drill', ...argv], { stdout, stderr, stdin: new PassThrough(), env: {} });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** The same by the built program, which the lab is asked through. */
async function drillBuilt(...argv: readonly string[]): ReturnType<typeof drill> {
  const child = spawn(process.execPath, [entry, 'drill', ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (said[name] += String(chunk)));
  const code = await new Promise<number>((resolve) => {
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, ...said };
}

/** Runs an approved drill; its certificates are verified on the way. */
async function certified(
  name: string,
  ...argv: readonly string[]
): Promise<{ code: number; said: string; certificates: readonly Certificate[] }> {
  const out = join(output, name);
  const run = argv.includes('--by') ? drillBuilt : drill;
  const { code, stdout, stderr } = await run(...argv, '--key', keyFile, '--out', out, '--approve', 'CHG-9', '--quiet');
  const files = existsSync(out) ? readdirSync(out).filter((file) => file.endsWith('.json')) : [];
  const certificates: Certificate[] = [];
  for (const file of files) {
    const verified = await drill('verify', join(out, file), '--key', `${keyFile}.pub`);
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- verified in the line above
    const { certificate } = JSON.parse(readFileSync(join(out, file), 'utf8')) as SignedCertificate;
    certificates.push(certificate);
    process.stderr.write(`${figuresOf(certificate)}\n`);
  }
  return { code, said: stdout + stderr, certificates };
}

/** One line for whoever reads the log of the suite. */
const figuresOf = (certificate: Certificate): string =>
  [
    'kind',
    'repo',
    'outcome',
    'rtoSeconds',
    'detectionSeconds',
    'electionSeconds',
    'promotionSeconds',
    'rpoRows',
    'rpoBytes',
    'rpoSeconds',
    'rowsAcknowledged',
    'deliverySeconds',
  ]
    .flatMap((name) => {
      const value: unknown = Object.entries(certificate).find(([key]) => key === name)?.[1];
      return value === undefined ? [] : [`${name} ${JSON.stringify(value)}`];
    })
    .join(', ');

beforeAll(async () => {
  chmodSync(scratch, 0o755);
  lab = await startLab(
    {
      name: `ha-drill-${process.pid}`,
      rto: 'test',
      durability: 'oltp',
      failsafe: true,
      backup: true,
      monitoring: true,
    },
    { entry, progress: createProgress(process.stderr, { quiet: true }) },
  );
  const { members, monitor } = lab.topology;
  const apis = await Promise.all(
    members.map(async ({ name }) => {
      const { host, port } = await lab.forward(name, labPorts.patroni);
      return [name, `http://${host}:${port}`] as const;
    }),
  );
  const service = await lab.forward(monitor.name, labPorts.primary);
  const owner = lab.credentials.app_owner;
  writeFileSync(join(output, 'pgpass'), `*:*:*:${owner.user}:${owner.password}\n`, { mode: 0o600 });
  const rest = lab.credentials.patroniRest;
  writeFileSync(join(output, 'patroni'), `${rest.user}:${rest.password}\n`, { mode: 0o600 });
  roleOptions = [
    '--patroni',
    apis[0]?.[1] ?? '',
    '--patroni-credentials',
    join(output, 'patroni'),
    ...apis.flatMap(([name, url]) => ['--member', `${name}=${url}`]),
    '--service-dsn',
    `host=${service.host} port=${service.port} dbname=app user=${owner.user} sslmode=require passfile=${join(output, 'pgpass')}`,
  ];
  await drill('keygen', '--key', keyFile);
}, 420_000);

afterAll(async () => {
  for (const directory of [output, scratch]) rmSync(directory, { recursive: true, force: true });
  await lab.down();
}, 120_000);

async function untilHealthy(): Promise<void> {
  const question = clusterHealth(lab);
  await until('the lab is healthy', async () => (await question()) === undefined);
}

async function until(what: string, question: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 180_000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`${what}: not within 180 s`);
    await sleep(200);
  }
}

const rolesNow = async (): Promise<{ primary: string; replicas: readonly string[] }> => {
  const primary = (await lab.findPrimary()) ?? '';
  return {
    primary,
    replicas: lab.topology.members.map(({ name }) => name).filter((name) => name !== primary),
  };
};

describe('a role change', () => {
  beforeEach(untilHealthy, 240_000);

  test('is only planned without approval', async () => {
    const { primary } = await rolesNow();
    const { code, stdout, stderr } = await drill('switchover', ...roleOptions);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain(`switchover drill of ${lab.topology.options.cluster}: from ${primary}`);
    expect(stdout).toContain('clients are disconnected');
    expect(stdout).not.toContain('✗');
    expect((await rolesNow()).primary).toBe(primary);
  });

  test.each(['switchover', 'failover'])(
    'by %s: the candidate takes over, no acknowledged row is lost',
    async (kind) => {
      const { primary, replicas } = await rolesNow();
      const [candidate = ''] = replicas;
      const { code, said, certificates } = await certified(kind, kind, ...roleOptions, '--candidate', candidate);
      expect(code, said).toBe(0);
      const [certificate] = certificates;
      expect(certificate).toMatchObject({
        kind,
        outcome: 'passed',
        fromMember: primary,
        toMember: candidate,
        rpoRows: 0,
        timelineAfter: (certificate?.timelineBefore ?? 0) + 1,
        approval: { by: 'CHG-9' },
      });
      expect(certificate?.rtoSeconds).toBeGreaterThan(0);
      expect(certificate?.rowsAcknowledged).toBeGreaterThan(0);
      const steps = certificate?.steps.map(({ id }) => id) ?? [];
      expect(steps).toEqual(
        expect.arrayContaining(['write', 'detection', 'election', 'promotion', 'service', 'rejoin']),
      );
      expect((await rolesNow()).primary).toBe(candidate);
      const left = await lab.sql(candidate, `SELECT count(*) FROM pg_class WHERE relname = 'pgattest_drill_canary'`, {
        database: 'app',
      });
      expect(left).toEqual([['0']]);
      for (const secret of lab.secrets) expect(said + JSON.stringify(certificates)).not.toContain(secret);
    },
  );

  test('by a fault of the lab: the drill heals what it broke, and so it does when nobody takes over', async () => {
    const { primary } = await rolesNow();
    const byFault = (fault: string) => ['--by', `lab:${fault}`, '--lab', lab.name];
    // Replication is asynchronous: what the lost node had not sent yet is gone, ten rows a second are written.
    const limits = ['--max-lost-rows', '50'];
    const lost = await certified('lost', 'failover', ...roleOptions, ...byFault('node-lost'), ...limits);
    expect(lost.code, lost.said).toBe(0);
    expect(lost.certificates[0]).toMatchObject({ outcome: 'passed', fromMember: primary });
    expect(lost.certificates[0]?.rpoRows).toBeLessThanOrEqual(50);
    expect((await lab.status()).faults).toEqual([]);
    await untilHealthy();

    // Patroni starts PostgreSQL again where it was.
    const options = [...byFault('replica-postmaster-killed'), '--deadline', '15s'];
    const kept = await certified('kept', 'failover', ...roleOptions, ...options);
    expect(kept.code, kept.said).toBe(3);
    expect(kept.said).toMatch(/the drill was stopped while|the deadline of 15 s passed/u);
    expect(kept.certificates[0]).toMatchObject({ outcome: 'aborted' });
    expect((await lab.status()).faults).toEqual([]);
  });

  test('is refused while Patroni is paused, and for a candidate that is none', async () => {
    const { primary } = await rolesNow();
    const pause = async (value: boolean | null): Promise<void> => {
      const answer = await lab.patroni(primary, 'PATCH', '/config', { pause: value });
      expect(answer?.status).toBe(200);
    };
    await pause(true);
    try {
      const paused = await certified('paused', 'switchover', ...roleOptions);
      expect(paused.code).toBe(3);
      expect(paused.said).toContain('refused: Patroni is not paused');
      expect(paused.certificates).toEqual([]);
    } finally {
      await pause(null);
    }
    await untilHealthy();
    const nobody = await certified('nobody', 'failover', ...roleOptions, '--candidate', 'pg-nowhere');
    expect(nobody.code).toBe(3);
    expect(nobody.said).toContain('there is no such member');
    const itself = await certified('itself', 'failover', ...roleOptions, '--candidate', primary);
    expect(itself.code).toBe(3);
    expect(itself.said).toContain('it is the leader');
    expect((await rolesNow()).primary).toBe(primary);
  });
});

const alertOptions = async (): Promise<readonly string[]> => {
  const { host, port } = await lab.forward(lab.topology.monitor.name, labPorts.alertmanager);
  return ['alert', '--cluster', lab.topology.options.cluster, '--alertmanager', `http://${host}:${port}`];
};

describe('an alert', () => {
  test('arrives, and how long it took is certified', async () => {
    const file = join(lab.directory, lab.topology.monitor.name, 'webhook', 'notifications.jsonl');
    // The file begins with the first notification.
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 });
    const { code, said, certificates } = await certified('alert', ...(await alertOptions()), '--receiver-file', file);
    expect(code, said).toBe(0);
    expect(certificates[0]?.deliverySeconds).toBeGreaterThan(0);
    expect(readFileSync(file, 'utf8')).toContain('PgattestDrill');
  });

  test('that never arrives fails the drill', async () => {
    const empty = join(output, 'nothing.jsonl');
    writeFileSync(empty, '');
    const words = [...(await alertOptions()), '--receiver-file', empty, '--within', '3s'];
    const { code, certificates } = await certified('silent', ...words);
    expect(code).toBe(1);
    expect(certificates[0]?.findings.map((finding) => finding.code)).toEqual(['alert-not-delivered']);
  });
});

test('both repositories of the lab are restored while rows are written, and none that was archived is missing', async () => {
  await untilHealthy();
  const { primary } = await rolesNow();
  await lab.sql(primary, canaryTableSql, { database: 'app' });
  const service = await lab.forward(lab.topology.monitor.name, labPorts.primary);
  const { user, password } = lab.credentials.app_rw;
  const writer = startLabWriter('drill', {
    host: service.host,
    port: service.port,
    user,
    password,
    database: 'app',
    authority: readFileSync(join(lab.directory, lab.topology.monitor.name, 'pki-root', 'ca.crt'), 'utf8'),
    everyMs: 100,
    timeoutMs: 2000,
    payloadBytes: 64,
  });
  try {
    await until('rows are written', async () => {
      const [[rows = '0'] = []] = await lab.sql(primary, 'SELECT count(*) FROM app.canary', { database: 'app' });
      return Number(rows) >= 5;
    });
    const [[segment = ''] = []] = await lab.sql(primary, 'SELECT pg_walfile_name(pg_switch_wal())');
    await until(`${segment} is archived`, async () => {
      const asked = `SELECT coalesce(last_archived_wal >= '${segment}', false) FROM pg_stat_archiver`;
      return (await lab.sql(primary, asked))[0]?.[0] === 't';
    });
    const config = join(lab.directory, primary, 'pgbackrest.conf');
    const { code, said, certificates } = await certified(
      'restore',
      'restore',
      '--config',
      config,
      '--scratch',
      scratch,
      '--canary',
      'app.app.canary.at',
      '--canary-min-rows',
      '5',
      '--amcheck',
      '20',
    );
    expect(code, said).toBe(0);
    expect(certificates.map(({ repo, repoCipher, outcome }) => ({ repo, repoCipher, outcome }))).toEqual([
      { repo: 1, repoCipher: 'none', outcome: 'passed' },
      { repo: 2, repoCipher: 'aes-256-cbc', outcome: 'passed' },
    ]);
    for (const secret of lab.secrets) expect(said + JSON.stringify(certificates)).not.toContain(secret);
    expect(readdirSync(scratch)).toEqual([]);
  } finally {
    await writer.stop();
  }
});
