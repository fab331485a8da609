// What the agent costs: memory and CPU with all three exporters beside Debian's PostgreSQL exporter at the same interval,
// and how it does with a tenth of one CPU. Run by itself: node test/bench/agent.mjs [minutes] [seconds between scrapes]
// The pooler is a real PgBouncer; pgBackRest is the real program with a repository that is empty.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFreePort } from '@pgattest/lab';
import { countSeries, get, programs, startProgram, stopChild } from './contestant.mjs';
import { findDebianExporter, startDebianExporter } from './debian-exporter.mjs';
import { describeMachine } from './machine.mjs';
import { cpuSeconds, residentMiB } from './process-use.mjs';
import { monitorDsn, startServer } from './server.mjs';

const minutes = Number(process.argv[2] ?? 5);
const everyMs = Number(process.argv[3] ?? 10) * 1000;
const quotaDir = '/sys/fs/cgroup/cpu/pgattest-bench-agent';
const nobody = 65534;

const print = (line) => process.stdout.write(`${line}\n`);
const dir = mkdtempSync(join(tmpdir(), 'pgattest-bench-'));
chmodSync(dir, 0o755);
const cluster = await startServer();
let pooler;
try {
  pooler = await startPooler();
  const machine = describeMachine();
  print(`${JSON.stringify(machine)}\n`);
  const whole = await withAgent([], (agent) => scrapeFor(agent, ['pg', 'pgbouncer', 'backrest'], minutes));
  print(`agent: ${describe(whole)}`);
  const debianPath = findDebianExporter();
  if (debianPath !== undefined) {
    const debian = await startDebianExporter({
      path: debianPath,
      cluster,
      logFile: join(dir, 'debian.log'),
      discovers: false,
    });
    const use = await scrapeFor({ ...debian, ports: { pg: debian.port } }, ['pg'], minutes);
    await debian.stop();
    print(`prometheus-postgres-exporter alone: ${describe(use)}`);
  }
  const slow = await underQuota();
  print(slow === undefined ? 'no cgroup to limit CPU with' : `with a tenth of one CPU: ${slow}`);
} finally {
  if (pooler !== undefined) await stopChild(pooler);
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** A PgBouncer before the server, whose console the monitor role may read. */
async function startPooler() {
  const port = await randomFreePort();
  const { port: serverPort, host } = cluster.primary;
  const runDir = join(dir, 'pgbouncer');
  mkdirSync(runDir, { mode: 0o755 });
  writeFileSync(join(runDir, 'users.txt'), '"monitor" ""\n');
  writeFileSync(
    join(runDir, 'pgbouncer.ini'),
    `[databases]\napp = host=${host} port=${serverPort}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}
unix_socket_dir =\nauth_type = trust\nauth_file = ${join(runDir, 'users.txt')}\nstats_users = monitor\nlogfile =\n`,
  );
  const isRoot = process.getuid() === 0;
  if (isRoot) for (const path of [runDir, join(runDir, 'users.txt')]) chownSync(path, nobody, nobody);
  const child = spawn('pgbouncer', ['-q', join(runDir, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  });
  child.consolePort = port;
  await sleep(500);
  if (child.exitCode !== null) throw new Error('pgbouncer did not start');
  return child;
}

async function withAgent(wrap, use) {
  const ports = { pg: await randomFreePort(), pgbouncer: await randomFreePort(), backrest: await randomFreePort() };
  const config = join(dir, 'agent.yml');
  const address = (port) => `'127.0.0.1:${port}'`;
  mkdirSync(join(dir, 'repository'), { recursive: true });
  writeFileSync(
    join(dir, 'pgbackrest.conf'),
    `[global]\nrepo1-path=${join(dir, 'repository')}\nlog-path=${dir}\nlock-path=${dir}\n[bench]\npg1-path=${dir}\n`,
  );
  writeFileSync(
    config,
    `exporters:
  pg: { options: { web.listen-address: ${address(ports.pg)}, url: '${monitorDsn(cluster, 'app')}' } }
  pgbouncer:
    options:
      web.listen-address: ${address(ports.pgbouncer)}
      url: postgres://monitor@127.0.0.1:${pooler.consolePort}/pgbouncer
  backrest:
    options:
      web.listen-address: ${address(ports.backrest)}
      backrest.config: ${join(dir, 'pgbackrest.conf')}
      collect.interval: 120
`,
  );
  const [command, ...args] = [...wrap, process.execPath, programs.pgattest[0], 'agent', '--config', config];
  const began = performance.now();
  const agent = await startProgram({ command, args, port: ports.backrest, logFile: join(dir, 'agent.log') });
  try {
    for (const port of Object.values(ports)) await answered(port);
    const openMs = performance.now() - began;
    return await use({ ...agent, ports, openMs });
  } finally {
    await agent.stop();
  }
}

async function answered(port) {
  for (;;) {
    const answer = await get(port, '/version').catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(50);
  }
}

async function scrapeFor({ pid, ports, openMs }, names, lastsMinutes) {
  const walls = [];
  let series = 0;
  const began = performance.now();
  const before = cpuSeconds(pid);
  for (let next = began; performance.now() < began + lastsMinutes * 60_000; next += everyMs) {
    const pages = await Promise.all(names.map((name) => get(ports[name], '/metrics')));
    walls.push(...pages.map(({ wallMs }) => wallMs));
    series = pages.reduce((sum, { text }) => sum + countSeries(text), 0);
    await sleep(Math.max(0, next + everyMs - performance.now()));
  }
  const perMinute = (cpuSeconds(pid) - before) / ((performance.now() - began) / 60_000);
  return { series, scrapes: walls.length, worstMs: Math.max(...walls), perMinute, rss: residentMiB(pid), openMs };
}

function describe({ series, scrapes, worstMs, perMinute, rss, openMs }) {
  const open = openMs === undefined ? '' : `, all ports answer after ${(openMs / 1000).toFixed(2)} s`;
  const use = `${rss.toFixed(0)} MiB RSS, ${perMinute.toFixed(2)} CPU-seconds a minute`;
  return `${use}, ${series} series, ${scrapes} scrapes, slowest ${worstMs.toFixed(0)} ms${open}`;
}

async function underQuota() {
  try {
    mkdirSync(quotaDir, { recursive: true });
    writeFileSync(join(quotaDir, 'cpu.cfs_period_us'), '100000');
    writeFileSync(join(quotaDir, 'cpu.cfs_quota_us'), '10000');
  } catch {
    return undefined;
  }
  const wrap = ['sh', '-c', `echo $$ > ${quotaDir}/tasks && exec "$@"`, 'sh'];
  try {
    return describe(
      await withAgent(wrap, (agent) => scrapeFor(agent, ['pg', 'pgbouncer', 'backrest'], Math.min(minutes, 3))),
    );
  } finally {
    spawnSync('sleep', ['0.2']);
    try {
      rmdirSync(quotaDir);
    } catch {
      // The kernel lets go of the last task a moment later; an empty group costs nothing.
    }
  }
}
