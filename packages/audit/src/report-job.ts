import { renderReportFiles, writeReport } from './report-files.ts';
import { renderFormat } from './report/formats/render.ts';
import type { ReportFormat } from './report/formats/names.ts';
import type { Report } from './report/model.ts';
import type { Language } from './text.ts';

/** One report to draw and to write: data alone, so that another thread can be told to. */
export interface ReportJob {
  readonly report: Report;
  readonly directory: string;
  /** Beside HTML, text and JSON; a PDF is printed from the HTML afterwards. */
  readonly formats: readonly ReportFormat[];
  readonly languages: readonly Language[];
}

/** Writes the report in every format but PDF. `files` are HTML, text and JSON. Errors: as writeReport. */
export async function writeReportJob({
  report,
  directory,
  formats,
  languages,
}: ReportJob): Promise<{ readonly folder: string; readonly files: ReadonlyMap<string, string> }> {
  const files = renderReportFiles(report, languages);
  const all = new Map<string, string | Uint8Array>(files);
  for (const format of formats) {
    if (format === 'pdf') continue;
    for (const [name, content] of renderFormat(report, format, languages)) all.set(name, content);
  }
  return { folder: await writeReport(directory, report, all), files };
}
