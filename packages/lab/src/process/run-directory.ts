import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LabError } from '../errors.ts';
import { commandLineOf, descendantsOf, findProcess, sendSignal } from './process-table.ts';

const prefix = 'pgattest-demo-';
const ownerFile = 'owner.json';

/** Marks a directory whose data must outlive its owner. */
export const keepFile = 'keep';
/** One file per process we started, named for it, holding its pid. */
export const pidDir = 'pids';

interface Owner {
  readonly pid: number;
  readonly startTicks: string;
  readonly pidNamespace: string;
}

/** A directory of our own that says who owns it: given (made, or empty) or new below the temporary directory. */
export function createRunDirectory(wanted: string | undefined): string {
  const dir = wanted === undefined ? mkdtempSync(join(tmpdir(), prefix)) : claim(resolve(wanted));
  const owner: Owner = {
    pid: process.pid,
    startTicks: findProcess(process.pid)?.startTicks ?? '',
    pidNamespace: ownPidNamespace(),
  };
  mkdirSync(join(dir, pidDir), { mode: 0o700 });
  writeFileSync(join(dir, ownerFile), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  // The server's user must pass through, not list.
  chmodSync(dir, 0o711);
  return dir;
}

function claim(dir: string): string {
  reap(dir);
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new LabError('directory_unusable', `${dir} is not empty; name a new directory, or remove it first`);
  }
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Ends and removes what runs of this user left behind when they were killed; returns the directories. */
export function reapLeftovers(): readonly string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name))
    .filter(reap);
}

/** Records a process of the run, so that it is found when this process dies first. */
export function recordPid(dir: string, name: string, pid: number): void {
  writeFileSync(join(dir, pidDir, name), `${pid}\n`, { mode: 0o600 });
}

/** Forgets a process that has ended. */
export function forgetPid(dir: string, name: string): void {
  rmSync(join(dir, pidDir, name), { force: true });
}

function reap(dir: string): boolean {
  const owner = findOwner(dir);
  if (owner === undefined || owner.pidNamespace !== ownPidNamespace()) return false;
  if (findProcess(owner.pid)?.startTicks === owner.startTicks) return false;
  const pids = existsSync(join(dir, pidDir)) ? readdirSync(join(dir, pidDir)) : [];
  for (const name of pids) {
    const pid = Number(readFileSync(join(dir, pidDir, name), 'utf8'));
    // A pid may belong to someone else by now: ours name the directory on their command line.
    if (!Number.isInteger(pid) || pid <= 1 || !commandLineOf(pid).includes(dir)) continue;
    for (const entry of [...descendantsOf(pid), { pid }]) sendSignal(entry.pid, 'SIGKILL');
  }
  if (existsSync(join(dir, keepFile))) return false;
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  return true;
}

function findOwner(dir: string): Owner | undefined {
  try {
    if (statSync(dir).uid !== process.getuid?.()) return undefined;
    const owner: unknown = JSON.parse(readFileSync(join(dir, ownerFile), 'utf8'));
    if (typeof owner !== 'object' || owner === null) return undefined;
    if (!('pid' in owner) || !('startTicks' in owner) || !('pidNamespace' in owner)) return undefined;
    const { pid, startTicks, pidNamespace } = owner;
    if (typeof pid !== 'number' || typeof startTicks !== 'string' || typeof pidNamespace !== 'string') return undefined;
    return { pid, startTicks, pidNamespace };
  } catch {
    // Not there, not ours to read, or not written yet: not a leftover we may touch.
    return undefined;
  }
}

/** Containers may share /tmp while their pids mean different processes. */
function ownPidNamespace(): string {
  return readlinkSync('/proc/self/ns/pid');
}
