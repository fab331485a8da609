import { canonicalJson } from '../../evidence/canonical-json.ts';
import type { PeriodReport } from '../../history/period/period-report.ts';
import type { Language } from '../../text.ts';
import { renderCsv } from '../formats/csv.ts';
import { renderXlsx } from '../formats/xlsx.ts';
import type { ShownLanguage } from '../html/view.tsx';
import { periodSheets } from './period-sheets.ts';
import { renderPeriodHtml } from './render-period.tsx';

/** Formats of a period; `pdf` is printed from the HTML report by a browser. */
export const periodFormats = ['html', 'json', 'csv', 'xlsx', 'pdf'] as const;
export type PeriodFormat = (typeof periodFormats)[number];

/** `period.html`, `period.zh.csv`, `period.both.pdf`. */
export const periodFile = (language: ShownLanguage, type: string, part?: string): string =>
  ['period', part, language === 'en' ? undefined : language, type].filter((word) => word !== undefined).join('.');

/** Files of a period by name, but for the PDF. A PDF brings its HTML. Pure: equal reports give equal bytes. */
export function renderPeriodFiles(
  report: PeriodReport,
  formats: readonly PeriodFormat[],
  language: ShownLanguage,
): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  // Work sheets have one language a column: of both languages there are two files.
  const sheetLanguages: readonly Language[] = language === 'both' ? ['en', 'zh'] : [language];
  if (formats.includes('html') || formats.includes('pdf')) {
    files.set(periodFile(language, 'html'), renderPeriodHtml(report, language));
  }
  if (formats.includes('json')) files.set('period.json', canonicalJson(report));
  for (const each of sheetLanguages) {
    const sheets = periodSheets(report, each);
    if (formats.includes('csv')) {
      for (const [name, sheet] of sheets) files.set(periodFile(each, 'csv', name), renderCsv(sheet));
    }
    if (formats.includes('xlsx')) files.set(periodFile(each, 'xlsx'), renderXlsx([...sheets.values()]));
  }
  return files;
}
