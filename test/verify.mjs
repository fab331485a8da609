// `npm run verify`: everything CI checks, in order, from a clone with nothing but Node and npm.
// Plain JavaScript on purpose: it runs before anything is installed. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const toolDir = join(root, 'node_modules', '.cache', 'pgattest-tools');
const scratch = mkdtempSync(join(tmpdir(), 'pgattest-verify-'));
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  DEBIAN_FRONTEND: 'noninteractive',
  FORCE_COLOR: '0',
  PATH: [join(toolDir, 'usr', 'bin'), process.env.PATH ?? ''].join(delimiter),
};
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs one command; its output goes to our stdout. Resolves to the exit code, or throws when it cannot start. */
const run = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? `signal ${signal}`));
  });

const findOnPath = (name) =>
  (env.PATH ?? '').split(delimiter).find((dir) => {
    try {
      accessSync(join(dir, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const hasTestServers = () => existsSync(join(root, 'test', 'servers', 'node_modules', '.package-lock.json'));

/** promtool and prometheus from Debian's package, unpacked beside node_modules: no service is installed or started. */
async function providePrometheus() {
  const isThere = () => findOnPath('promtool') !== undefined && findOnPath('prometheus') !== undefined;
  if (isThere()) return;
  const missing =
    'promtool or prometheus is missing: install the Debian package prometheus (apt-get install prometheus)';
  if (findOnPath('apt-get') === undefined || findOnPath('dpkg-deb') === undefined) throw new Error(missing);
  if (process.getuid?.() === 0) await run('apt-get', ['update', '-qq']);
  if ((await run('apt-get', ['download', '-qq', 'prometheus'], { cwd: scratch })) !== 0) throw new Error(missing);
  mkdirSync(toolDir, { recursive: true });
  if ((await run('sh', ['-c', 'dpkg-deb -x prometheus_*.deb "$1"', 'sh', toolDir], { cwd: scratch })) !== 0) {
    throw new Error(missing);
  }
  if (!isThere()) throw new Error(missing);
}

/** Client programs that the tests run as an assessor would; none of them starts a service. */
const clientPackages = { psql: 'postgresql-client', openssl: 'openssl' };
async function provideClients() {
  const missing = Object.entries(clientPackages).filter(([name]) => findOnPath(name) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const hint = `${missing.map(([name]) => name).join(' and ')} is missing: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || findOnPath('apt-get') === undefined) throw new Error(hint);
  await run('apt-get', ['update', '-qq']);
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  if ((await run('apt-get', install)) !== 0) throw new Error(hint);
}

async function command(name, args) {
  const code = await run(name, args);
  if (code !== 0) throw new Error(`${[name, ...args].join(' ')} ended with ${code}`);
}

async function runTests() {
  const file = join(scratch, 'vitest.json');
  const code = await run('npx', [
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  if (code !== 0 && result.numFailedTests === 0) throw new Error(`vitest ended with ${code}`);
  return code === 0;
}

const steps = [
  ['install', () => command('npm', ['ci', '--no-audit', '--no-fund'])],
  [
    'install PostgreSQL 10-18 for the tests',
    () => command('npm', ['ci', '--prefix', 'test/servers', '--no-audit', '--no-fund']),
  ],
  ['tools: promtool and prometheus', providePrometheus],
  ['tools: psql and openssl', provideClients],
  ['build', () => command('npm', ['run', '--silent', 'build'])],
  ['generated files are up to date', () => command('npm', ['run', '--silent', 'generate:check'])],
  ['type-check', () => command('npm', ['run', '--silent', 'typecheck'])],
  ['lint', () => command('npm', ['run', '--silent', 'lint'])],
  ['format', () => command('npm', ['run', '--silent', 'format:check'])],
  ['dead files, exports and dependencies', () => command('npm', ['run', '--silent', 'knip'])],
  ['tests', runTests],
];
/** Without these nothing after them can mean anything. */
const essential = new Set(['install', 'build']);

for (const [name, step] of steps) {
  if (name.startsWith('install') && process.argv.includes('--no-install') && (name === 'install' || hasTestServers()))
    continue;
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  try {
    const ok = (await step()) !== false;
    if (name !== 'tests') counts[ok ? 'passed' : 'failed'] += 1;
    process.stdout.write(`== ${name}: ${ok ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  } catch (error) {
    counts.failed += 1;
    process.stdout.write(`== ${name}: FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
    if (essential.has(name)) break;
  }
}
rmSync(scratch, { recursive: true, force: true });
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
