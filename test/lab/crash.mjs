// node test/lab/crash.mjs [--tries 20] [--isolation namespaces|loopback] [--seed N]
// Kills one process of the lab program (the command, unshare, the first process of the namespaces, the supervisor, the
// guard) at a random moment of `lab up` or shortly after, then wants `down` and `up` to work and nothing to stay behind.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const entry = fileURLToPath(new URL('../../packages/cli/dist/bin/pgattest.js', import.meta.url));
const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '20' },
    isolation: { type: 'string', default: process.getuid() === 0 ? 'namespaces' : 'loopback' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const name = `crash-${process.pid}`;
const directory = join(tmpdir(), `pgattest-lab-${process.getuid()}`, name);
const small = ['--nodes', '2', '--no-backup', '--no-monitoring', '--rto', 'test', '--isolation', values.isolation];

/** Repeatable chance: mulberry32. */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function lab(...args) {
  const child = spawn(process.execPath, [entry, 'lab', ...args, '--name', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code: code ?? signal, text: Buffer.concat(output).toString() }));
  });
  return { child, ended };
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Living processes that carry the lab's mark or name its directory: pid and command line. */
function processes() {
  return readdirSync('/proc')
    .filter((entryName) => /^\d+$/u.test(entryName) && Number(entryName) !== process.pid)
    .filter((pid) => !/^\d+ \(.*\) [ZX]/su.test(read(`/proc/${pid}/stat`)))
    .map((pid) => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(
      ({ pid, command }) =>
        read(`/proc/${pid}/environ`).split('\0').includes(`PGATTEST_LAB=${directory}`) || command.includes(directory),
    );
}

/** Processes of the lab program itself, as opposed to the servers it runs. */
function programs(commandPid) {
  const roles = [
    ['unshare', /^unshare /u],
    ['first process of the namespaces', /^\/bin\/bash -c/u],
    ['supervisor', / lab supervise /u],
    ['guard', /pgattest-lab-watchdog/u],
  ];
  const found = processes().flatMap(({ pid, command }) => {
    const role = roles.find(([, pattern]) => pattern.test(command));
    return role === undefined ? [] : [{ pid, role: role[0] }];
  });
  return [{ pid: commandPid, role: 'command' }, ...found];
}

async function nothingLeft() {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const left = processes();
    if (left.length === 0 && !existsSync(directory)) return undefined;
    await sleep(100);
  }
  return `left: ${existsSync(directory) ? directory : ''} ${processes()
    .map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`)
    .join('; ')}`;
}

async function wanted(args) {
  const begin = performance.now();
  const { code, text } = await lab(...args).ended;
  const seconds = (performance.now() - begin) / 1000;
  if (code !== 0) throw new Error(`lab ${args[0]} ended with ${code}:\n${text}`);
  return seconds;
}

const random = chance(Number(values.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
let upSeconds = 20;
let failed = 0;
console.log(`seed ${values.seed}, ${values.isolation}, ${values.tries} tries`);
for (let attempt = 1; attempt <= Number(values.tries); attempt += 1) {
  const waitMs = random() * upSeconds * 1.2 * 1000;
  const { child, ended } = lab('up', ...small);
  const over = await Promise.race([sleep(waitMs).then(() => false), ended.then(() => true)]);
  if (over) await sleep(Math.max(0, Math.min(waitMs, 2_000)));
  const victim = pick(programs(child.pid).filter(({ pid }) => !(over && pid === child.pid)));
  try {
    if (victim !== undefined) process.kill(victim.pid, 'SIGKILL');
  } catch {
    // Ended between the look and the blow: as good a moment as any.
  }
  try {
    if (victim === undefined) throw new Error(`the lab ended by itself: ${(await ended).text}`);
    const downSeconds = await wanted(['down']);
    const left = await nothingLeft();
    if (left !== undefined) throw new Error(left);
    await ended;
    upSeconds = await wanted(['up', ...small]);
    await wanted(['down']);
    const leftAgain = await nothingLeft();
    if (leftAgain !== undefined) throw new Error(leftAgain);
    console.log(
      `try ${attempt}: ${victim.role} killed after ${(waitMs / 1000).toFixed(1)} s${over ? ' (lab was up)' : ''}; down ${downSeconds.toFixed(1)} s, up ${upSeconds.toFixed(1)} s`,
    );
  } catch (error) {
    failed += 1;
    console.log(
      `try ${attempt}: ${victim?.role ?? 'nothing'} killed after ${(waitMs / 1000).toFixed(1)} s: FAILED: ${error.message}`,
    );
    await lab('down').ended;
  }
}
console.log(`${Number(values.tries) - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
