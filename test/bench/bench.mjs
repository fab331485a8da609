// `npm run bench`: how fast and how heavy the exporter is, beside the same SQL in psql and beside Debian's exporter.
// Prints Markdown on stdout and progress on stderr; judges, but never fails for a number. Needs `npm run build`.
//   npm run bench                     everything, some ten minutes
//   npm run bench -- --quick          the small sizes, a minute or two
//   npm run bench -- --only 1x100,20x100 --json numbers.json
//   npm run bench -- auditor          the auditor instead: auditor/bench.mjs
//   npm run bench -- --soak 60m       one scrape a second for an hour; --every 5000 ms, --tables 12, --databases 1
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDurationMs } from '@pgattest/runtime';
import { benchAuditor } from './auditor/bench.mjs';
import { findDebianExporter, debianExporterVersion, startDebianExporter } from './debian-exporter.mjs';
import { loadDescription } from './load.mjs';
import { describeMachine } from './machine.mjs';
import { renderStartup, renderSynthetic, renderTargets, renderUse, renderWalls } from './report.mjs';
import { measureSize } from './scenario.mjs';
import { monitorDsn, startServer } from './server.mjs';
import { soak } from './soak.mjs';
import { measureStall } from './stall.mjs';
import { measureStartup, measureStartupUnderQuota } from './startup.mjs';

const [subject, ...rest] = process.argv.slice(2);
const isAuditor = subject === 'auditor';
const { values } = parseArgs({
  args: isAuditor ? [] : process.argv.slice(2),
  options: {
    soak: { type: 'string' },
    every: { type: 'string', default: '1000' },
    databases: { type: 'string', default: '1' },
    tables: { type: 'string', default: '12' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'string' },
  },
});
const roundsAsked = values.rounds === undefined ? {} : { rounds: Number(values.rounds) };
const print = (line) => process.stdout.write(`${line}\n`);
const say = (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stopping.abort());

/** About 3,000 series, which is what several targets speak of. */
const smallSize = { databases: 1, tables: 12 };
const sizes = [
  { size: smallSize, rounds: 15, stallScrapes: 8 },
  { size: { databases: 1, tables: 100 }, rounds: 15, stallScrapes: 8 },
  { size: { databases: 20, tables: 100 }, rounds: 9, stallScrapes: 5 },
  { size: { databases: 100, tables: 100 }, rounds: 5, stallScrapes: 5 },
  { size: { databases: 1, tables: 10_000 }, rounds: 9, stallScrapes: 5 },
  { size: { databases: 20, tables: 10_000 }, rounds: 5, stallScrapes: 5 },
  { size: { databases: 100, tables: 10_000 }, rounds: 5, stallScrapes: 5 },
];
const isSmall = ({ databases, tables }) => databases === smallSize.databases && tables === smallSize.tables;

async function measureProcess(dir, debianPath) {
  const cluster = await startServer();
  try {
    const dsn = monitorDsn(cluster, 'app');
    const synthetic = [];
    for (const collectors of [1, 10, 50]) {
      if (stopping.signal.aborted) break;
      say(`event loop with 100,000 made-up series in ${collectors} collectors`);
      const stall = await measureStall({ dsn, synthetic: { collectors, series: 100_000 / collectors }, scrapes: 5 });
      synthetic.push({ collectors, ...stall });
    }
    say('start to listening');
    const startDebian =
      debianPath === undefined
        ? undefined
        : () => startDebianExporter({ path: debianPath, cluster, logFile: join(dir, 'startup.log'), discovers: false });
    const startup = await measureStartup({ dsn, dir, startDebian, times: 7 });
    const quotaMs = await measureStartupUnderQuota({ dsn, dir });
    return { synthetic, startup, quotaMs, serverVersion: cluster.serverVersion };
  } finally {
    await cluster.stop();
  }
}

async function bench() {
  const dir = mkdtempSync(join(tmpdir(), 'pgattest-bench-'));
  try {
    const machine = describeMachine();
    const debianPath = findDebianExporter(say);
    const ofProcess = await measureProcess(dir, debianPath);
    const chosen = sizes.filter(({ size }) =>
      values.only === undefined
        ? !values.quick || size.databases * size.tables <= 2000
        : values.only.split(',').includes(`${size.databases}x${size.tables}`),
    );
    const results = [];
    for (const one of chosen) {
      if (stopping.signal.aborted) break;
      try {
        results.push(...(await measureSize({ ...one, ...roundsAsked, debianPath, dir, signal: stopping.signal, say })));
      } catch (error) {
        // Ctrl-C reaches the measured programs too. What was measured before is worth showing either way.
        say(`${one.size.databases} databases, ${one.size.tables} tables: ${error.message}`);
      }
      if (values.json !== undefined) {
        writeFileSync(values.json, JSON.stringify({ machine, ...ofProcess, results }, undefined, 2));
      }
    }
    const small = results.find((one) => isSmall(one) && one.load === 'idle');
    const debian = debianPath === undefined ? 'not to be had' : debianExporterVersion(debianPath);
    print(
      `${machine}; PostgreSQL ${ofProcess.serverVersion}, ${loadDescription}; prometheus-postgres-exporter ${debian}.\n`,
    );
    for (const text of [
      renderTargets({ results, small, ...ofProcess }),
      renderWalls(results),
      renderUse(results),
      renderSynthetic(ofProcess.synthetic),
      renderStartup(ofProcess.startup, ofProcess.quotaMs),
    ]) {
      print(`${text}\n`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (isAuditor) await benchAuditor({ args: rest, say, print });
else if (values.soak === undefined) await bench();
else {
  await soak({
    minutes: parseDurationMs(values.soak) / 60_000,
    everyMs: Number(values.every),
    databases: Number(values.databases),
    tables: Number(values.tables),
    flags: [],
    signal: stopping.signal,
    say: print,
  });
}
