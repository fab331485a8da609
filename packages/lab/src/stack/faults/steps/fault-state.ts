import { RuntimeError } from '@pgattest/runtime';

/** What `apply` remembered under this name. Errors: usage, when the state is not of this fault. */
export function getRemembered(state: Readonly<Record<string, string>>, key: string): string {
  const value = state[key];
  if (value === undefined) {
    throw new RuntimeError('usage', `the state of this fault has no ${key}; was it written by another version?`);
  }
  return value;
}

/** A pid that `apply` remembered; undefined when it found no such process. */
export function findRememberedPid(state: Readonly<Record<string, string>>, key: string): number | undefined {
  const pid = Number(state[key]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}
