import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RuntimeError } from '@pgattest/runtime';
import { findProcess } from '../process/process-table.ts';

/** The labs of one user: `<tmp>/pgattest-lab-<uid>/<name>`. */
export function labsDirectory(): string {
  return join(tmpdir(), `pgattest-lab-${process.getuid?.() ?? 0}`);
}

/** What `--name` may be. */
export function isLabName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,19}$/u.test(name);
}

/** Where a lab of this name lives, whether it does or not. Errors: usage, for a name that would lead elsewhere. */
export function labDirectory(name: string): string {
  if (!isLabName(name)) {
    throw new RuntimeError('usage', `--name ${name}: use a lower-case letter, then up to 19 of a-z, 0-9 and -`);
  }
  return join(labsDirectory(), name);
}

/** Files of a lab that the supervisor and its clients agree on. */
export const labFiles = {
  /** Unix socket of the supervisor, 0600. */
  control: 'control.sock',
  /** What the lab was asked to be, 0600. */
  request: 'request.json',
  /** Passwords, 0600. */
  secrets: 'secrets.json',
  /** Faults that are not healed, 0600. */
  faults: 'faults.json',
  /** Why the start failed; absent while all is well. */
  failure: 'failure.json',
  log: 'log/supervisor.log',
} as const;

/** Names of the labs that have a directory. */
export function labNames(): readonly string[] {
  const directory = labsDirectory();
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Makes the directory of a lab; it must not be there. The servers' users must pass through, not list. */
export function createLabDirectory(name: string): string {
  const parent = labsDirectory();
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  assertOurs(parent);
  chmodSync(parent, 0o711);
  const directory = labDirectory(name);
  mkdirSync(directory);
  chmodSync(directory, 0o711);
  mkdirSync(join(directory, 'log'));
  chmodSync(join(directory, 'log'), 0o711);
  return directory;
}

/** Removes everything of a lab that does not run, and the parent when it was the last one. */
export async function removeLabDirectory(name: string): Promise<void> {
  await rm(labDirectory(name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const parent = labsDirectory();
    if (existsSync(parent) && readdirSync(parent).length === 0) rmSync(parent, { recursive: true });
  } catch {
    // Somebody makes another lab at this moment: then it is not empty.
  }
}

/**
 * One change of a lab at a time: `up` and `down` of the same name wait for nobody, the second is told. A lock whose
 * owner is dead is taken over. Returns what gives it back.
 */
export function lockLab(name: string): () => void {
  const parent = labsDirectory();
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  assertOurs(parent);
  const path = `${labDirectory(name)}.lock`;
  const owner = `${process.pid} ${findProcess(process.pid)?.startTicks ?? ''}`;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, owner, { flag: 'wx', mode: 0o600 });
      return () => {
        rmSync(path, { force: true });
        try {
          if (readdirSync(parent).length === 0) rmSync(parent, { recursive: true });
        } catch {
          // Another lab is being made: then it is not empty, or already gone.
        }
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (isHeld(path)) {
        const pid = readText(path)?.split(' ')[0];
        throw new RuntimeError(
          'usage',
          `lab ${name} is being started or stopped by process ${pid ?? '?'}; wait for it, or end it`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new RuntimeError('usage', `lab ${name} is being started or stopped by another process; try again`);
}

function isHeld(path: string): boolean {
  const [pid = '', startTicks = ''] = (readText(path) ?? '').split(' ');
  return pid !== '' && findProcess(Number(pid))?.startTicks === startTicks;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Given back in the meantime.
    return undefined;
  }
}

/** The temporary directory is everybody's: a directory that somebody else prepared there is not used. */
function assertOurs(path: string): void {
  const { uid } = lstatSync(path);
  if (uid === (process.getuid?.() ?? uid) && lstatSync(path).isDirectory()) return;
  throw new RuntimeError('usage', `${path} belongs to another user; remove it, or set TMPDIR to a directory of yours`);
}
