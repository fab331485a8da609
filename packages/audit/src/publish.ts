import { join, resolve } from 'node:path';
import { findChromium, printPdf, printTimeoutMs } from './pdf.ts';
import { fileName, writeReport } from './report-files.ts';
import type { ReportFormat } from './report/formats/names.ts';
import { renderFormat } from './report/formats/render.ts';
import { filesOf, type AuditRun } from './run.ts';

export interface PublishOptions {
  readonly directory: string;
  /** Beside HTML, text and JSON. */
  readonly formats: readonly ReportFormat[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface Published {
  readonly folder: string;
  /** HTML, text and JSON, as they are served. */
  readonly files: ReadonlyMap<string, string>;
  /** Why there is no PDF although one was wanted. */
  readonly missing?: string;
}

/**
 * Writes the report of a run in every format. That a browser is missing, or cannot print, is told and stops nothing;
 * rejects when a file cannot be written, or when interrupted.
 */
export async function publishRun(
  run: AuditRun,
  { directory, formats, env, signal }: PublishOptions,
): Promise<Published> {
  const { languages } = run.evaluation;
  const files = filesOf(run);
  const all = new Map<string, string | Uint8Array>(files);
  for (const format of formats) {
    if (format === 'pdf') continue;
    for (const [name, content] of renderFormat(run.report, format, languages)) all.set(name, content);
  }
  const folder = await writeReport(directory, run.report, all);
  if (!formats.includes('pdf')) return { folder, files };
  const chromium = await findChromium(env['PATH']);
  if (chromium === undefined) {
    return { folder, files, missing: 'no PDF: there is no chromium on the PATH; install it, or print report.html' };
  }
  try {
    for (const language of languages) {
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
    return { folder, files, missing: `no PDF: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  return { folder, files };
}
