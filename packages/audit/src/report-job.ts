import { drawReportFiles, writeReport, type ReportFile } from './report-files.ts';
import { drawFormat } from './report/formats/render.ts';
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

/** Writes the report in every format but PDF; its folder. Errors: as writeReport. */
export const writeReportJob = (job: ReportJob): Promise<string> => writeReport(job.directory, job.report, draw(job));

function* draw({ report, formats, languages }: ReportJob): Generator<ReportFile, void> {
  yield* drawReportFiles(report, languages);
  for (const format of formats) {
    if (format !== 'pdf') yield* drawFormat(report, format, languages);
  }
}
