// One server of a given size: ours, the floor and Debian's exporter take turns, so that all meet the same weather.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countSeries, get, startOurs } from './contestant.mjs';
import { startDebianExporter } from './debian-exporter.mjs';
import { plannedStatements, startFloor } from './floor.mjs';
import { prepareLoad, startLoad } from './load.mjs';
import { cpuSeconds, residentMiB } from './process-use.mjs';
import { fillServer, monitorDsn, startServer } from './server.mjs';
import { watchSessions } from './sessions.mjs';
import { measureStall } from './stall.mjs';
import { median, quantile } from './statistics.mjs';

const warmUps = 3;
/** The JIT needs some dozen scrapes; an exporter in service has had them. No longer than this, as a large server is slow. */
const compileMs = 8000;
const compileScrapes = 40;
/** After a scrape: ours ends its sessions on discovered databases, which is part of what it costs. */
const settleMs = 400;
const timeoutHeader = { 'X-Prometheus-Scrape-Timeout-Seconds': '60' };

/** Measures one size, idle and under load. A result per load. */
export async function measureSize({ size, rounds, stallScrapes, debianPath, dir, signal, say }) {
  const cluster = await startServer();
  const results = [];
  const programs = [];
  try {
    await fillServer(cluster, size);
    prepareLoad(cluster);
    const dsn = monitorDsn(cluster, 'app');
    const logFile = join(dir, `${size.databases}x${size.tables}.log`);
    const ours = await startOurs({ dsn, logFile, flags: ['--disable-cache'] });
    programs.push(ours);
    await get(ours.port, '/metrics', { headers: timeoutHeader });
    const plans = plannedStatements((await get(ours.port, '/explain')).text);
    const floor = await startFloor({ cluster, dir, plans });
    programs.push(floor);
    const debian =
      debianPath === undefined
        ? undefined
        : await startDebianExporter({
            path: debianPath,
            cluster,
            logFile: `${logFile}.debian`,
            discovers: size.databases > 1,
          });
    if (debian !== undefined) programs.push(debian);
    const contestants = {
      ours: contestant(ours, () => get(ours.port, '/metrics', { headers: timeoutHeader })),
      floor: contestant(floor, async () => ({ wallMs: await floor.run(), text: '' })),
      ...(debian === undefined ? {} : { debian: contestant(debian, () => get(debian.port, '/metrics')) }),
    };
    for (const load of ['idle', 'pgbench']) {
      if (signal.aborted) break;
      const bench = load === 'idle' ? undefined : startLoad(cluster);
      try {
        say(`${size.databases} databases, ${size.tables} tables, ${load}: ${rounds} rounds`);
        await compile(contestants.ours, signal);
        await takeTurns(Object.values(contestants), rounds, signal);
        results.push({
          ...size,
          load,
          rounds,
          statements: floor.statements,
          floorErrors: new Set(floor.complaints()).size,
          ...Object.fromEntries(Object.entries(contestants).map(([name, one]) => [name, one.summary()])),
        });
      } finally {
        await bench?.stop();
      }
    }
    const [first] = results;
    if (first !== undefined && !signal.aborted) {
      for (const [name, applicationName] of Object.entries({ ours: 'pg_exporter', debian: '' })) {
        const one = contestants[name];
        if (one !== undefined) first[name].sessions = await watchSessions(cluster, applicationName, one.run);
      }
      first.inEightSeconds = await scrapeWithin(ours.port, 8);
    }
    await Promise.all(programs.splice(0).map((program) => program.stop()));
    if (first !== undefined && !signal.aborted && stallScrapes > 0) {
      first.stall = await measureStall({ dsn, scrapes: stallScrapes });
    }
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
    await cluster.stop();
  }
  return results;
}

/** What Prometheus gets that gives so many seconds. */
async function scrapeWithin(port, seconds) {
  const { wallMs, text } = await get(port, '/metrics', {
    headers: { 'X-Prometheus-Scrape-Timeout-Seconds': String(seconds) },
  });
  const lines = text.split('\n');
  return {
    wallMs,
    databasesUp: lines.filter((line) => line.startsWith('pg_exporter_server_up{') && line.endsWith(' 1')).length,
    databases: lines.filter((line) => line.startsWith('pg_exporter_server_up{')).length,
    missing: lines.filter((line) => line.startsWith('pg_exporter_query_last_error_info{')).length,
  };
}

function contestant({ pid }, scrape) {
  let walls = [];
  let cpus = [];
  let last = '';
  let failed = 0;
  const run = async () => {
    const { wallMs, text, status = 200 } = await scrape();
    if (status !== 200) failed += 1;
    last = text;
    return wallMs;
  };
  return {
    run,
    forget() {
      walls = [];
      cpus = [];
      failed = 0;
    },
    async measure() {
      const before = cpuSeconds(pid);
      walls.push(await run());
      await sleep(settleMs);
      cpus.push((cpuSeconds(pid) - before) * 1000);
    },
    summary: () => ({
      p50: median(walls),
      p95: quantile(walls, 0.95),
      cpuMs: median(cpus),
      rss: residentMiB(pid),
      series: countSeries(last),
      bytes: Buffer.byteLength(last),
      // Collectors and databases that ours says it could not read.
      unread: last.split('\n').filter((line) => /^pg_exporter_(query|server)_last_error_info\{/.test(line)).length,
      failed,
    }),
  };
}

async function compile(one, signal) {
  const began = performance.now();
  for (let at = 0; at < compileScrapes && performance.now() - began < compileMs && !signal.aborted; at += 1)
    await one.run();
}

async function takeTurns(contestants, rounds, signal) {
  for (let round = -warmUps; round < rounds && !signal.aborted; round += 1) {
    if (round === 0) for (const one of contestants) one.forget();
    // Another order every time: nobody always comes after the one that warms the caches.
    const turn = ((round % contestants.length) + contestants.length) % contestants.length;
    for (const one of [...contestants.slice(turn), ...contestants.slice(0, turn)]) await one.measure();
  }
}
