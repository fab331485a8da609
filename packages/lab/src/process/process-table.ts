import { readdirSync, readFileSync } from 'node:fs';

/** One line of /proc. `startTicks` makes a pid unique until the next boot. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  /** One letter of proc(5): R, S, D, T (stopped), Z (zombie), ... */
  readonly state: string;
  readonly startTicks: string;
}

/** The process with this pid, if there is one; a zombie counts as gone, which kill(pid, 0) would not tell. */
export function findProcess(pid: number): ProcessEntry | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The command in parentheses may itself hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', parentPid = ''] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { pid, parentPid: Number(parentPid), state, startTicks: fields[19] ?? '' };
}

/** Every living process below this one, children before grandchildren. */
export function descendantsOf(pid: number): readonly ProcessEntry[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => findProcess(Number(name)) ?? []);
  const found: ProcessEntry[] = [];
  let parents: readonly number[] = [pid];
  while (parents.length > 0) {
    const children = all.filter((entry) => parents.includes(entry.parentPid));
    found.push(...children);
    parents = children.map((entry) => entry.pid);
  }
  return found;
}

/** The command line as one string with blanks, empty for kernel threads and the dead. */
export function commandLineOf(pid: number): string {
  return (readProc(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

/** Sends a signal; false when the process is already gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Processes vanish between listing and reading: that is an answer, not a failure.
    return undefined;
  }
}
