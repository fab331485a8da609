// `npm run verify`: everything CI checks, in order, from a clone with nothing but Node and npm.
// Plain JavaScript on purpose: it runs before anything is installed. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labPrograms, testPrograms } from './debian-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const toolDir = join(root, 'node_modules', '.cache', 'pgattest-tools');
const scratch = mkdtempSync(join(tmpdir(), 'pgattest-verify-'));
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  NO_COLOR: '1',
  DEBIAN_FRONTEND: 'noninteractive',
  FORCE_COLOR: '0',
  // Debian keeps servers in sbin, which is not on everybody's path.
  PATH: [join(toolDir, 'usr', 'bin'), process.env.PATH ?? '', '/usr/sbin'].join(delimiter),
};
const counts = { passed: 0, failed: 0, skipped: 0 };
/** What was not run, and why; said at the end. */
const left = [];
/** The tests that failed, by file and name; said at the end, where a long log is read first. */
const failures = [];
const isRoot = process.getuid?.() === 0;

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
  if (isRoot) await run('apt-get', ['update', '-qq']);
  if ((await run('apt-get', ['download', '-qq', 'prometheus'], { cwd: scratch })) !== 0) throw new Error(missing);
  mkdirSync(toolDir, { recursive: true });
  if ((await run('sh', ['-c', 'dpkg-deb -x prometheus_*.deb "$1"', 'sh', toolDir], { cwd: scratch })) !== 0) {
    throw new Error(missing);
  }
  if (!isThere()) throw new Error(missing);
}

/**
 * Installs what is missing of a list of programs, as root; otherwise says which packages to install. Debian starts what
 * it installs, unless a policy forbids it: where there is none, one stands while we install.
 */
async function providePrograms(programs) {
  const isThere = ({ program }) => (program.startsWith('/') ? existsSync(program) : findOnPath(program) !== undefined);
  const missing = programs.filter((wanted) => !isThere(wanted));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  const names = missing.map(({ program }) => program).join(', ');
  const hint = `missing: ${names}; apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!isRoot || findOnPath('apt-get') === undefined) throw new Error(hint);
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await run('apt-get', ['update', '-qq']);
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
    if ((await run('apt-get', install)) !== 0) throw new Error(hint);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
  const still = missing.filter((wanted) => !isThere(wanted)).map(({ program }) => program);
  if (still.length > 0) throw new Error(`${packages.join(' ')} installed, but not found: ${still.join(', ')}`);
}

async function command(name, args) {
  const code = await run(name, args);
  if (code !== 0) throw new Error(`${[name, ...args].join(' ')} ended with ${code}`);
}

async function runTests(config) {
  const file = join(scratch, `${config}.json`);
  const code = await run('npx', [
    'vitest',
    'run',
    '--config',
    `test/${config}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  for (const { name, assertionResults, message, status } of result.testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    if (failed.length === 0 && status === 'failed') failed.push(message.split('\n')[0] ?? '');
    failures.push(...failed.map((test) => `${relative(root, name)}: ${test}`));
  }
  if (code !== 0 && result.numFailedTests === 0) throw new Error(`vitest ended with ${code}`);
  return code === 0;
}

/** Neither passed nor failed: it is named in the summary. */
const notRun = Symbol('not run');

/** Why the suites on the lab are left out here; undefined = they are not. */
function labRefusal() {
  if (process.argv.includes('--no-ha')) return '--no-ha was said';
  if (!isRoot) return 'it needs root, for network namespaces';
  // The namespaces that the lab lives in: some containers refuse them even to root.
  const trial = ['--net', '--pid', '--ipc', '--uts', '--mount', '--fork', 'mount', '-t', 'tmpfs', 'tmpfs', '/run'];
  const { status, error, stderr } = spawnSync('unshare', trial);
  if (status === 0) return undefined;
  return `namespaces are refused here: ${(error?.message ?? stderr.toString()).trim() || `unshare ended with ${status}`}`;
}

const provideLab = () => (labRefusal() === undefined ? providePrograms(labPrograms) : notRun);

async function runLabTests() {
  const refusal = labRefusal();
  if (refusal === undefined) return runTests('vitest.ha.config.ts');
  left.push(`high-availability tests: ${refusal}`);
  return notRun;
}

const steps = [
  ['install', () => command('npm', ['ci', '--no-audit', '--no-fund'])],
  [
    'install PostgreSQL 10-18 for the tests',
    () => command('npm', ['ci', '--prefix', 'test/servers', '--no-audit', '--no-fund']),
  ],
  ['tools: promtool and prometheus', providePrometheus],
  ['tools: PostgreSQL, PgBouncer, pgBackRest and clients', () => providePrograms(testPrograms)],
  ['build', () => command('npm', ['run', '--silent', 'build'])],
  ['generated files are up to date', () => command('npm', ['run', '--silent', 'generate:check'])],
  ['type-check', () => command('npm', ['run', '--silent', 'typecheck'])],
  ['lint', () => command('npm', ['run', '--silent', 'lint'])],
  ['format', () => command('npm', ['run', '--silent', 'format:check'])],
  ['dead files, exports and dependencies', () => command('npm', ['run', '--silent', 'knip'])],
  ['tests', () => runTests('vitest.config.ts')],
  ['tools: the programs of the lab', provideLab],
  ['high-availability tests', runLabTests],
];
/** Without these nothing after them can mean anything. */
const essential = new Set(['install', 'build']);

for (const [name, step] of steps) {
  if (name.startsWith('install') && process.argv.includes('--no-install') && (name === 'install' || hasTestServers()))
    continue;
  process.stdout.write(`\n== ${name}\n`);
  const started = Date.now();
  try {
    const outcome = await step();
    const ok = outcome !== false;
    if (outcome !== notRun && !name.endsWith('tests')) counts[ok ? 'passed' : 'failed'] += 1;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const word = outcome === notRun ? 'not run' : ok ? 'passed' : 'FAILED';
    process.stdout.write(`== ${name}: ${word} (${seconds} s)\n`);
  } catch (error) {
    counts.failed += 1;
    process.stdout.write(`== ${name}: FAILED: ${error instanceof Error ? error.message : String(error)}\n`);
    if (essential.has(name)) break;
  }
}
rmSync(scratch, { recursive: true, force: true });
for (const line of failures) process.stdout.write(`failed: ${line}\n`);
for (const line of left) process.stdout.write(`not run: ${line}\n`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
