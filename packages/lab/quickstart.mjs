// What `npm run quickstart` starts on a fresh clone: plain JavaScript on Node's own modules, because nothing is
// installed yet. Installs, builds, then becomes `pgattest quickstart` in this very process.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'packages/cli/dist/bin/pgattest.js');
const stamp = join(root, 'node_modules/.pgattest-install');

/** A failure with a sentence for the user. */
class QuickstartError extends Error {}

function assertPlatform() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new QuickstartError(`Node.js ${process.versions.node} is too old; pgattest needs 20.19 or newer`);
  }
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new QuickstartError(
      `the demo cluster needs Linux on x64 or arm64, this is ${process.platform} ${process.arch}: npm has no PostgreSQL for it`,
    );
  }
}

/** One line that counts seconds on a terminal; start and end lines elsewhere. */
function startStep(title) {
  const startedMs = performance.now();
  const live = process.stderr.isTTY === true;
  const seconds = () => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
  const draw = () => process.stderr.write(`\r\u001b[2K… ${title} (${seconds()})`);
  if (live) draw();
  else process.stderr.write(`… ${title}\n`);
  const timer = live ? setInterval(draw, 200) : undefined;
  return (mark, note = '') => {
    clearInterval(timer);
    process.stderr.write(`${live ? '\r\u001b[2K' : ''}${mark} ${title}${note} (${seconds()})\n`);
  };
}

const firstLines = (text) => text.split('\n').slice(0, 15).join('\n');
const lastLines = (text) => text.split('\n').slice(-30).join('\n');

/** Runs a program to its end; what it printed is shown only if it fails, as far as `explain` wants. */
async function run(title, command, args, explain) {
  const end = startStep(title);
  const output = [];
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => {
      output.push(Buffer.from(error.message));
      resolve(-1);
    });
    child.once('close', resolve);
  });
  if (code === 0) {
    end('✓');
    return;
  }
  end('✗', ' failed');
  const text = Buffer.concat(output).toString('utf8').trim();
  throw new QuickstartError(explain(text));
}

/** Everything the installation depends on. */
function installKey() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** True when node_modules is what the lockfile asks for: ours by its stamp, or npm's own by its list. */
function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === installKey();
  const list = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);
  const present = JSON.parse(readFileSync(list, 'utf8')).packages;
  return wanted.every(([path, { link, optional, integrity }]) => {
    if (!path.startsWith('node_modules/') || link === true) return true;
    // Optional packages of other platforms are rightly absent.
    if (present[path] === undefined) return optional === true;
    return present[path].integrity === integrity;
  });
}

async function install() {
  if (isInstalled()) {
    writeFileSync(stamp, installKey());
    return;
  }
  const npm = process.env.npm_execpath;
  // Without the shorter waits npm tries for over a minute before it admits that there is no network.
  const waits = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];
  const args = ['ci', ...waits, '--prefer-offline', '--no-fund', '--no-audit', '--include=dev', '--include=optional'];
  const [command, given] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  await run('installing packages with npm', command, given, (text) => {
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/u.test(text)) {
      return 'the npm registry cannot be reached; the first run needs it (npm config get registry says which), later runs do not';
    }
    if (text.includes('EBADENGINE')) return 'a package refuses this version of Node.js';
    if (/EACCES|EPERM|EROFS/u.test(text)) return `npm may not write to ${root}; run as the owner of the clone`;
    if (text.includes('ENOSPC')) return 'the disk is full; the packages need about 500 MB';
    if (text.includes('npm ci` can only install')) {
      return 'package-lock.json does not fit the package.json files of this clone; run "npm install" once';
    }
    return `npm could not install the packages:\n${firstLines(text)}`;
  });
  writeFileSync(stamp, installKey());
}

async function build() {
  const turbo = join(root, 'node_modules/.bin/turbo');
  await run('building', turbo, ['run', 'build', '--output-logs=errors-only', '--ui=stream'], (text) =>
    /EACCES|Permission denied/iu.test(text)
      ? `the build may not write to ${root}; run as the owner of the clone`
      : `the build failed:\n${lastLines(text)}`,
  );
}

try {
  assertPlatform();
  await install();
  await build();
} catch (error) {
  process.stderr.write(`error: ${error instanceof QuickstartError ? error.message : String(error)}\n`);
  process.exit(2);
}
// In this process: a signal reaches it once, and its exit code is ours.
process.argv = [process.execPath, entry, 'quickstart', ...process.argv.slice(2)];
await import(pathToFileURL(entry).href);
