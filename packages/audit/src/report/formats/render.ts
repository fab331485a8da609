import type { Language } from '../../text.ts';
import type { ReportFile } from '../../report-files.ts';
import type { Report } from '../model.ts';
import { drawHtml } from '../html/render.tsx';
import { renderCsv } from './csv.ts';
import { renderJunit } from './junit.ts';
import type { RenderedFormat } from './names.ts';
import { renderOcsf } from './ocsf.ts';
import { renderOscal } from './oscal.ts';
import { renderSarif } from './sarif.ts';
import { recordSheet, resultSheet, totalSheet } from './work-sheet.ts';
import { renderXlsx } from './xlsx.ts';

type Files = Iterable<ReportFile>;

/** Draws the files of one format, each when it is asked for. Pure: equal reports give equal bytes. */
export const drawFormat = (report: Report, format: RenderedFormat, languages: readonly Language[]): Files =>
  renderers[format](report, languages);

const renderers: Readonly<Record<RenderedFormat, (report: Report, languages: readonly Language[]) => Files>> = {
  junit: (report) => [['report.junit.xml', renderJunit(report)]],
  sarif: (report) => [['report.sarif', renderSarif(report)]],
  oscal: (report) => [['report.oscal.json', renderOscal(report)]],
  ocsf: (report) => [['report.ocsf.jsonl', renderOcsf(report)]],
  bilingual: (report) => [['report.both.html', drawHtml(report, 'both')]],
  *csv(report, languages) {
    for (const language of languages) yield* csvFiles(report, language);
  },
  *xlsx(report, languages) {
    for (const language of languages) {
      yield [inLanguage('worksheet', language, 'xlsx'), renderXlsx(sheetsOf(report, language))];
    }
  },
};

/** The records of all frameworks in one table, and every result. */
function* csvFiles(report: Report, language: Language): Files {
  const records = report.frameworks.map((framework) => recordSheet(report, framework, language));
  const head = records[0]?.head;
  if (head !== undefined) {
    const rows = records.flatMap((record) => record.rows);
    yield [inLanguage('worksheet', language, 'csv'), renderCsv({ head, rows })];
  }
  yield [inLanguage('results', language, 'csv'), renderCsv(resultSheet(report, language))];
}

const sheetsOf = (report: Report, language: Language) => [
  totalSheet(report, language),
  ...report.frameworks.map((framework) => recordSheet(report, framework, language)),
  resultSheet(report, language),
];

const inLanguage = (name: string, language: Language, type: string): string =>
  language === 'en' ? `${name}.${type}` : `${name}.${language}.${type}`;
