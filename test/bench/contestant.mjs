// A program under measurement: a process of its own, asked over HTTP, stopped at the end.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { randomFreePort } from '@pgattest/lab';
import { cpuSeconds } from './process-use.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cleanEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The built programs of this repository. */
export const programs = {
  pgattest: [join(root, 'packages/cli/dist/bin/pgattest.js'), 'exporter', 'pg'],
  pgExporter: [join(root, 'packages/exporter/dist/bin/pg-exporter.js')],
};

/** GET on a connection of its own, as far as the last byte. */
export function get(port, path, { timeoutMs = 60_000, headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false, timeout: timeoutMs }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const wallMs = performance.now() - began;
        resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString('utf8'), wallMs });
      });
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer from ${path} in ${timeoutMs} ms`)));
    asked.once('error', reject);
    asked.end();
  });
}

/** Starts a program that will listen on the port, waits until it does and knows what that cost. */
export async function startProgram({ command, args, env = {}, port, logFile }) {
  const log = openSync(logFile, 'a');
  const began = performance.now();
  const child = spawn(command, args, { env: { ...cleanEnvironment, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  let failure;
  child.once('error', (error) => {
    failure = error;
  });
  const stop = () => stopChild(child);
  while (!(await isListening(child.pid, port))) {
    if (failure !== undefined || child.exitCode !== null || performance.now() - began > 60_000) {
      await stop();
      throw new Error(`${command} does not listen on ${port}; see ${logFile}`, { cause: failure });
    }
    await sleep(5);
  }
  const startWallMs = performance.now() - began;
  return { pid: child.pid, port, stop, startCpuSeconds: cpuSeconds(child.pid), startWallMs };
}

/** `pgattest exporter pg`, as an operator would start it. */
export async function startOurs({ dsn, logFile, flags = [], program = programs.pgattest, wrap = [] }) {
  const port = await randomFreePort();
  const argv = [
    ...wrap,
    process.execPath,
    ...program,
    '--url',
    dsn,
    '--web.listen-address',
    `127.0.0.1:${port}`,
    ...flags,
  ];
  const [command, ...args] = argv;
  return startProgram({ command, args, port, logFile });
}

/** Ends a child, politely for ten seconds. */
export async function stopChild(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

/** Number of samples in a text of metrics. */
export function countSeries(text) {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

/** Asked of the kernel, so that asking costs the program nothing. */
async function isListening(pid, port) {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  );
  return new RegExp(`^ *\\d+: [0-9A-F]+:${hex} [0-9A-F]+:0000 0A `, 'm').test(tables.join('\n'));
}
