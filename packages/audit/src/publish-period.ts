import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@pgattest/runtime';
import type { PeriodReport } from './history/period/period-report.ts';
import { findChromium, printPdf, printTimeoutMs } from './pdf.ts';
import type { ShownLanguage } from './report/html/view.tsx';
import { periodFile, renderPeriodFiles, type PeriodFormat } from './report/period/render-files.ts';

export interface PublishPeriodOptions {
  readonly directory: string;
  readonly formats: readonly PeriodFormat[];
  readonly language: ShownLanguage;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface PublishedPeriod {
  readonly folder: string;
  readonly files: readonly string[];
  /** Why there is no PDF although one was wanted. */
  readonly missing?: string;
}

/**
 * Writes the report of a period to `<directory>/<cluster>/period-<from>-<to>/`; each file appears whole or not at all.
 * That a browser is missing, or cannot print, is told and stops nothing; rejects when a file cannot be written.
 */
export async function publishPeriod(
  report: PeriodReport,
  { directory, formats, language, env, signal }: PublishPeriodOptions,
): Promise<PublishedPeriod> {
  const folder = join(directory, report.cluster, `period-${report.period.from}-${report.period.to}`);
  const rendered = renderPeriodFiles(report, formats, language);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  for (const [name, content] of rendered) await writeFileAtomic(join(folder, name), content, 0o640);
  const files = [...rendered.keys()];
  if (!formats.includes('pdf')) return { folder, files };
  const chromium = await findChromium(env['PATH']);
  const html = periodFile(language, 'html');
  if (chromium === undefined) {
    return { folder, files, missing: `no PDF: there is no chromium on the PATH; install it, or print ${html}` };
  }
  const pdf = periodFile(language, 'pdf');
  try {
    const place = { html: join(folder, html), pdf: join(folder, pdf) };
    await printPdf({ chromium, ...place, timeoutMs: printTimeoutMs, signal });
  } catch (cause) {
    signal.throwIfAborted();
    return { folder, files, missing: `no PDF: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  return { folder, files: [...files, pdf] };
}
