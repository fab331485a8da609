import { parentPort } from 'node:worker_threads';
import { writeReportJob } from '../report-job.ts';
import type { ReportOrder, ReportReply } from '../report-thread.ts';

// The thread of startReportThread: a report after the other, in the order in which they come.
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (order: ReportOrder) => {
  turn = turn.then(() => write(order));
});

async function write({ id, job }: ReportOrder): Promise<void> {
  let reply: ReportReply;
  try {
    reply = { id, folder: await writeReportJob(job) };
  } catch (cause) {
    reply = { id, problem: cause instanceof Error ? cause.message : String(cause) };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(reply);
}
