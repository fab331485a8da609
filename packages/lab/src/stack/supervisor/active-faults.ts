import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '@pgattest/runtime';
import { LabError } from '../../errors.ts';
import { labFiles } from '../lab-directory.ts';
import type { Expectation, Fault, FaultRun } from '../fault.ts';

/** A fault that was applied and is not healed. */
export interface BrokenFault {
  readonly id: string;
  readonly title: string;
  /** The host that was asked for, or the one the fault chose, where it says so. */
  readonly target: string | undefined;
  /** ISO 8601, UTC. */
  readonly since: string;
  readonly expected: readonly Expectation[];
  /** What the healer must remember. */
  readonly state: Readonly<Record<string, string>>;
}

/** Applies and heals faults, one at a time, and remembers in a file what is broken. */
export interface ActiveFaults {
  readonly list: () => readonly BrokenFault[];
  apply(id: string, target: string | undefined): Promise<BrokenFault>;
  /** All, the last one first, when none is named; returns what was healed. */
  heal(id: string | undefined): Promise<readonly string[]>;
}

/** The faults of one lab; `runOf` gives them what they work with. */
export function createActiveFaults(
  directory: string,
  faults: readonly Fault[],
  run: FaultRun,
  namespaces: boolean,
): ActiveFaults {
  const file = join(directory, labFiles.faults);
  let broken: readonly BrokenFault[] = existsSync(file) ? parseBroken(readFileSync(file, 'utf8')) : [];
  let queue: Promise<unknown> = Promise.resolve();
  const oneAtATime = async <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => {});
    return next;
  };
  const remember = async (next: readonly BrokenFault[]): Promise<void> => {
    broken = next;
    await writeFileAtomic(file, `${JSON.stringify(broken, undefined, 2)}\n`, 0o600);
  };
  const getFault = (id: string): Fault => {
    const fault = faults.find((one) => one.id === id);
    if (fault !== undefined) return fault;
    throw new LabError('control_failed', `there is no fault ${id}; "pgattest lab break --list" names them`);
  };

  return {
    list: () => broken,
    apply: async (id, target) =>
      oneAtATime(async () => {
        const fault = getFault(id);
        if (broken.some((one) => one.id === id && (target === undefined || one.target === target))) {
          throw new LabError('control_failed', `${id} is applied already; heal it first: pgattest lab heal ${id}`);
        }
        if (fault.needs !== 'nothing' && process.getuid?.() !== 0) {
          throw new LabError('control_failed', `${id} needs root`);
        }
        if (fault.needs === 'namespaces' && !namespaces) {
          throw new LabError('control_failed', `${id} needs a lab in namespaces (--isolation namespaces, as root)`);
        }
        const state = await fault.apply(run, target);
        const one: BrokenFault = {
          id,
          title: fault.title,
          target: target ?? state['target'] ?? state['host'] ?? state['member'],
          since: new Date().toISOString(),
          expected: fault.expected,
          state,
        };
        await remember([...broken, one]);
        return one;
      }),
    heal: async (id) =>
      oneAtATime(async () => {
        const chosen = broken.filter((one) => id === undefined || one.id === id).toReversed();
        if (id !== undefined && chosen.length === 0) {
          getFault(id);
          throw new LabError('control_failed', `${id} is not applied; "pgattest lab status" shows what is`);
        }
        for (const one of chosen) {
          await getFault(one.id).heal(run, one.state);
          await remember(broken.filter((other) => other !== one));
        }
        return chosen.map((one) => one.id);
      }),
  };
}

function parseBroken(text: string): readonly BrokenFault[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very program, whole or not at all
  return JSON.parse(text) as readonly BrokenFault[];
}
