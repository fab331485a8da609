import { join, resolve } from 'node:path';
import { findChromium, printPdf, printTimeoutMs } from './pdf.ts';
import { fileName } from './report-files.ts';
import { writeReportJob, type ReportJob } from './report-job.ts';
import type { ReportThread } from './report-thread.ts';
import type { ReportFormat } from './report/formats/names.ts';
import type { AuditRun } from './run.ts';

export interface PublishOptions {
  readonly directory: string;
  /** Beside HTML, text and JSON. */
  readonly formats: readonly ReportFormat[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface Published {
  readonly folder: string;
  /** Why there is no PDF although one was wanted. */
  readonly missing?: string;
}

/**
 * Writes the report of a run in every format. That a browser is missing, or cannot print, is told and stops nothing;
 * rejects when a file cannot be written, or when interrupted.
 */
export async function publishRun(run: AuditRun, options: PublishOptions): Promise<Published> {
  const folder = await writeReportJob(jobOf(run, options));
  return { folder, ...(await printPdfs(folder, run, options)) };
}

/** The same with a thread that draws and writes, for who looks after other clusters meanwhile. */
export async function publishRunAside(
  run: AuditRun,
  options: PublishOptions,
  thread: ReportThread,
): Promise<Published> {
  const folder = await thread.write(jobOf(run, options));
  return { folder, ...(await printPdfs(folder, run, options)) };
}

const jobOf = ({ report, evaluation }: AuditRun, { directory, formats }: PublishOptions): ReportJob => ({
  report,
  directory,
  formats,
  languages: evaluation.languages,
});

async function printPdfs(
  folder: string,
  { evaluation }: AuditRun,
  { formats, env, signal }: PublishOptions,
): Promise<Pick<Published, 'missing'>> {
  if (!formats.includes('pdf')) return {};
  const chromium = await findChromium(env['PATH']);
  if (chromium === undefined) {
    return { missing: 'no PDF: there is no chromium on the PATH; install it, or print report.html' };
  }
  try {
    for (const language of evaluation.languages) {
      const place = (type: 'html' | 'pdf') => resolve(join(folder, fileName(language, type)));
      await printPdf({
        chromium,
        html: place('html'),
        pdf: place('pdf'),
        timeoutMs: printTimeoutMs,
        ...(signal === undefined ? {} : { signal }),
      });
    }
  } catch (cause) {
    signal?.throwIfAborted();
    return { missing: `no PDF: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  return {};
}
