import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import type { StartEvent } from '../control/protocol.ts';
import type { DaemonProcess } from '../daemon-process.ts';
import { logFileOf } from '../materials.ts';
import type { StartPlan, StartStep, StartTask } from '../plan.ts';
import type { StackRun } from '../stack-run.ts';
import { getDaemon } from './fault-run.ts';
import { concealed, lastLines } from '../last-lines.ts';
import { describeReadiness, waitUntilReady } from './readiness.ts';

/** What a start works with and whom it tells. */
export interface StartSite {
  readonly plan: StartPlan;
  readonly daemons: readonly DaemonProcess[];
  readonly run: StackRun;
  readonly directory: string;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
  readonly tell: (event: StartEvent) => void;
}

const logLines = 30;

/** Goes through the plan to its end. Errors: the first failure, with the last lines of the daemons it is about. */
export async function startAll(site: StartSite): Promise<void> {
  for (const [step, what] of site.plan.entries()) {
    site.signal.throwIfAborted();
    site.tell({ kind: 'started', step, title: what.title, atMs: Date.now() });
    try {
      await startDaemons(site, step, what);
      const notes = await runTasks(site, step, what.tasks);
      site.tell({ kind: 'done', step, note: notes.length === 0 ? undefined : notes.join(', '), atMs: Date.now() });
    } catch (error) {
      if (site.signal.aborted) {
        site.tell({ kind: 'failed', step, message: 'the lab was told to go down, while it started', atMs: Date.now() });
        throw error;
      }
      const reason = error instanceof Error ? error.message : String(error);
      const logs = await lastLinesOf(site, what);
      const message = concealed([`${what.title}: ${reason}`, ...logs].join('\n'), site.secrets);
      site.tell({ kind: 'failed', step, message, atMs: Date.now() });
      throw new LabError('start_failed', message, { cause: error });
    }
  }
  site.tell({ kind: 'up', atMs: Date.now() });
}

async function startDaemons(site: StartSite, step: number, { daemons, readyMs }: StartStep): Promise<void> {
  const processes = daemons.map(({ id }) => getDaemon(site.daemons, id));
  for (const process of processes) await process.start();
  let note = '';
  const onMissing = (text: string): void => {
    if (text === note) return;
    note = text;
    site.tell({ kind: 'note', step, note: text, atMs: Date.now() });
  };
  await Promise.all(
    processes.map(async (process) =>
      waitUntilReady(process, site.run, { timeoutMs: readyMs, signal: site.signal, onMissing }),
    ),
  );
}

async function runTasks(site: StartSite, step: number, tasks: readonly StartTask[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { title, timeoutMs, run } of tasks) {
    site.signal.throwIfAborted();
    site.tell({ kind: 'note', step, note: title, atMs: Date.now() });
    const late = sleep(timeoutMs, undefined, { ref: false }).then((): never => {
      throw new LabError('timeout', `not done within ${timeoutMs / 1000} s`);
    });
    // Lost races must not be unhandled.
    late.catch(() => {});
    try {
      const note = await Promise.race([run(site.run), late]);
      if (note !== undefined) notes.push(note);
    } catch (error) {
      throw new LabError('start_failed', `${title}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  return notes;
}

/** The last lines of the log of every daemon of the step that is not ready. */
async function lastLinesOf(site: StartSite, { daemons }: StartStep): Promise<readonly string[]> {
  const logs: string[] = [];
  for (const { id } of daemons) {
    const missing = await describeReadiness(getDaemon(site.daemons, id), site.run);
    if (missing === undefined) continue;
    logs.push(`--- last lines of ${id} (${missing})`, lastLines(logFileOf(site, id), logLines));
  }
  return logs;
}
