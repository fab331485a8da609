import { readdirSync, readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one of the same id. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly startTicks: string;
}

/** All descendants of a process, itself not included; none where there is no /proc. */
export function descendantsOf(root: number): readonly ProcessMark[] {
  const children = new Map<number, ProcessMark[]>();
  for (const name of processNames()) {
    const stat = readStat(Number(name));
    if (stat === undefined) continue;
    const siblings = children.get(stat.parent) ?? [];
    siblings.push(stat);
    children.set(stat.parent, siblings);
  }
  const found: ProcessMark[] = [];
  const visit = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push({ pid: child.pid, startTicks: child.startTicks });
      visit(child.pid);
    }
  };
  visit(root);
  return found;
}

/** Ends processes at once; those that are gone, or are others by now, are left alone. */
export function killMarked(marks: readonly ProcessMark[]): void {
  for (const { pid, startTicks } of marks) {
    if (readStat(pid)?.startTicks !== startTicks) continue;
    killQuietly(pid, 'SIGKILL');
  }
}

/** Sends a signal to a process, or with a negative id to its group; nobody there is no error. */
export function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // EPERM: what sudo or another user runs ends by the signal to those we may reach.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

function processNames(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function readStat(pid: number): (ProcessMark & { readonly parent: number }) | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in parentheses may hold anything; fields count from behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parent, startTicks] = [fields[1], fields[19]];
  return parent === undefined || startTicks === undefined ? undefined : { pid, parent: Number(parent), startTicks };
}
