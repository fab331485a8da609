import type { BackrestFailure } from '@pgattest/connect';

/** The kinds of collection: the closed set behind the label `task`. */
export type TaskName =
  'config' | 'version' | 'info' | 'databases' | 'wal' | 'postgres' | 'local' | 'verify' | 'schedule' | 'drill';

/** How a task has done so far. Times in seconds since the epoch. */
export interface TaskReport {
  readonly name: TaskName;
  readonly runs: number;
  readonly errors: number;
  /** Of the last run; absent after a success and before the first end. */
  readonly failure?: BackrestFailure;
  readonly durationSeconds?: number;
  readonly successSeconds?: number;
}

/** Keeps count of one task. */
export interface TaskRecord {
  readonly report: () => TaskReport;
  /** Runs the work and notes how it ended. Aborted work is not noted. */
  note(work: () => Promise<BackrestFailure | undefined>): Promise<void>;
}

/** `onEnd` is called after each run with the failure before it. */
export function createTaskRecord(
  name: TaskName,
  wallSeconds: () => number,
  onEnd: (report: TaskReport, before: BackrestFailure | undefined) => void,
): TaskRecord {
  let report: TaskReport = { name, runs: 0, errors: 0 };
  return {
    report: () => report,
    async note(work) {
      const began = performance.now();
      const failure = await work();
      if (failure?.class === 'aborted') return;
      const { failure: before, ...kept } = report;
      report = {
        ...kept,
        runs: kept.runs + 1,
        errors: kept.errors + (failure === undefined ? 0 : 1),
        durationSeconds: (performance.now() - began) / 1000,
        ...(failure === undefined ? { successSeconds: wallSeconds() } : { failure }),
      };
      onEnd(report, before);
    },
  };
}
