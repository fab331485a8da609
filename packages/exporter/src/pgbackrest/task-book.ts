import { classOfRepositoryError, type BackrestFailure } from '@pgattest/connect';
import type { Logger } from '@pgattest/runtime';
import type { InfoState } from './collect-info.ts';
import { createTaskRecord, type TaskName, type TaskRecord, type TaskReport } from './task.ts';

/** The records of all tasks, in the order of their first run. A change of state is logged, its repetition is not. */
export interface TaskBook {
  record(name: TaskName): TaskRecord;
  readonly reports: () => readonly TaskReport[];
  /** Since when a task runs, in milliseconds of performance.now; undefined while it does not. */
  runningSinceMs(name: TaskName): number | undefined;
  /** Logs what changed between two words of `info`. */
  noteInfo(before: InfoState, after: InfoState): void;
}

/** An empty book. */
export function createTaskBook(logger: Logger): TaskBook {
  const records = new Map<TaskName, TaskRecord>();
  const running = new Map<TaskName, number>();
  const onEnd = ({ name, failure }: TaskReport, before: BackrestFailure | undefined): void => {
    if (failure !== undefined && failure.class !== before?.class) {
      logger.error('task fails, what it found before stays', {
        task: name,
        code: failure.class,
        ...(failure.exitCode === undefined ? {} : { exitCode: failure.exitCode }),
        reason: failure.message,
      });
    }
    if (failure === undefined && before !== undefined) logger.info('task works again', { task: name });
  };
  return {
    record(name) {
      const known = records.get(name);
      if (known !== undefined) return known;
      const inner = createTaskRecord(name, () => Date.now() / 1000, onEnd);
      const record: TaskRecord = {
        report: inner.report,
        async note(work) {
          running.set(name, performance.now());
          try {
            await inner.note(work);
          } finally {
            running.delete(name);
          }
        },
      };
      records.set(name, record);
      return record;
    },
    reports: () => [...records.values()].map((record) => record.report()),
    runningSinceMs: (name) => running.get(name),
    noteInfo(before, after) {
      if (after.warnings !== '' && after.warnings !== before.warnings) {
        logger.warn('pgbackrest warns', { reason: after.warnings });
      }
      const [was, is] = [repositoryErrors(before), repositoryErrors(after)];
      for (const [key, { stanza, repo, code, reason }] of is) {
        if (was.get(key)?.code !== code) logger.error('repository cannot be read', { stanza, repo, code, reason });
      }
      for (const [key, { stanza, repo }] of was) {
        if (!is.has(key)) logger.info('repository can be read again', { stanza, repo });
      }
    },
  };
}

interface RepositoryError {
  readonly stanza: string;
  readonly repo: number;
  readonly code: string;
  readonly reason: string;
}

function repositoryErrors({ stanzas }: InfoState): ReadonlyMap<string, RepositoryError> {
  const errors = [...stanzas.values()].flatMap(({ info }) =>
    info.repositories
      .filter(({ code }) => code === 99)
      .map(({ key, message, cipher }): readonly [string, RepositoryError] => [
        JSON.stringify([info.name, key]),
        { stanza: info.name, repo: key, code: classOfRepositoryError(message, cipher), reason: message },
      ]),
  );
  return new Map(errors);
}
