import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { programDir } from './program-dir.ts';
import type { ReportJob } from './report-job.ts';

/** A thread that draws and writes reports while this one asks servers and judges. */
export interface ReportThread {
  /** Folder of the report. Errors: as writeReport, and when the thread itself ended. */
  readonly write: (job: ReportJob) => Promise<string>;
  /** Ends the thread once all that was ordered is written: the runs are filed already. */
  readonly close: () => Promise<void>;
}

/** What is sent to the thread, and what comes back. */
export interface ReportOrder {
  readonly id: number;
  readonly job: ReportJob;
}
export type ReportReply = { readonly id: number } & ({ readonly folder: string } | { readonly problem: string });

/**
 * MiB of one half of its young generation. A page is two million characters, put together from pieces that all live until
 * it is whole: in a smaller half they get old, and collecting them took half of the thread's time.
 */
const youngHalfMiB = 16;

/**
 * Starts the thread. To draw a report takes longer than to judge it, and as long no answer of a server is read: an
 * auditor of many clusters would take its own slowness for theirs. Undefined where the program runs from its sources,
 * of which Node can make no thread.
 */
export function startReportThread(): ReportThread | undefined {
  if (basename(programDir()) === 'src') return undefined;
  // Of threads that start from now on: this one's is as large as it is.
  setFlagsFromString(`--min-semi-space-size=${youngHalfMiB}`);
  const worker = new Worker(new URL(import.meta.resolve('@pgattest/audit/report-writer')), {
    // Both halves, and as much again for what is large.
    resourceLimits: { maxYoungGenerationSizeMb: 3 * youngHalfMiB },
  });
  const waiting = new Map<number, { resolve: (folder: string) => void; reject: (error: Error) => void }>();
  let last = 0;
  let ended: Error | undefined;
  let onIdle: (() => void) | undefined;
  const idle = (): Promise<void> =>
    waiting.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          onIdle = resolve;
        });
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    onIdle?.();
  };
  worker.on('message', (reply: ReportReply) => {
    const order = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('folder' in reply) order?.resolve(reply.folder);
    else order?.reject(new Error(reply.problem));
    if (waiting.size === 0) onIdle?.();
  });
  worker.on('error', (cause) => end(new Error(`the thread that writes reports failed: ${cause.message}`, { cause })));
  worker.on('exit', () => end(new Error('the thread that writes reports ended')));
  return {
    write: (job) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        last += 1;
        waiting.set(last, { resolve, reject });
        const order: ReportOrder = { id: last, job };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
        worker.postMessage(order);
      }),
    close: async () => {
      await idle();
      await worker.terminate();
    },
  };
}
