import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@pgattest/runtime';
import type { Assessment } from './assess.ts';
import type { FiledRun } from './evidence/read.ts';
import { buildReport } from './report/build.ts';
import { drawHtml } from './report/html/render.tsx';
import { renderJson } from './report/json.ts';
import type { Report } from './report/model.ts';
import { renderText } from './report/text.ts';
import { describeRules } from './rule-descriptions.ts';
import type { AuditRules } from './rules.ts';
import type { Language } from './text.ts';

/** The report model of a judged run. */
export function reportOf(run: FiledRun, assessment: Assessment, rules: AuditRules): Report {
  return buildReport({
    snapshot: run.snapshot,
    manifest: run.manifest,
    findings: assessment.findings,
    clauseResults: assessment.clauseResults,
    checks: describeRules(rules),
    frameworks: assessment.frameworks,
    probes: rules.probes,
    waivers: run.evaluation.waivers,
    header: run.evaluation.header,
    ...(run.evaluation.previous === undefined ? {} : { previous: run.evaluation.previous }),
  });
}

/** A report file before it is written: millions of characters, so nobody holds two of them, and a page comes in pieces. */
export type ReportFile = readonly [name: string, content: string | Uint8Array | Iterable<string>];

/** Draws, each when it is asked for, `report.json`, and `report.html`, `report.txt` per language (`report.zh.html`). */
export function* drawReportFiles(report: Report, languages: readonly Language[]): Generator<ReportFile, void> {
  yield ['report.json', renderJson(report)];
  for (const language of languages) {
    const other = languages.find((candidate) => candidate !== language);
    const options = other === undefined ? {} : { otherLanguageHref: fileName(other, 'html') };
    yield [fileName(language, 'html'), drawHtml(report, language, options)];
    yield [fileName(language, 'txt'), renderText(report, language)];
  }
}

/** `report.html`, `report.zh.html`. */
export const fileName = (language: Language, type: 'html' | 'txt' | 'pdf'): string =>
  language === 'en' ? `report.${type}` : `report.${language}.${type}`;

/**
 * Writes a run's report to `<directory>/<cluster>/<run id>/` and points `<directory>/<cluster>/latest` at it. Returns the
 * folder. Each file appears whole or not at all, and before the next one is drawn. Throws naming the folder and what is
 * left to do.
 */
export async function writeReport(
  directory: string,
  { cluster, runId }: Pick<Report, 'cluster' | 'runId'>,
  files: Iterable<ReportFile>,
): Promise<string> {
  const parent = join(directory, cluster);
  const folder = join(parent, runId);
  try {
    await mkdir(folder, { recursive: true, mode: 0o750 });
    for (const [name, content] of files) await writeFileAtomic(join(folder, name), content, 0o640);
    await pointAt(join(parent, 'latest'), runId);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `cannot write the report of run ${runId} to ${folder}: ${why}; its evidence is filed, "audit evaluate" writes the report again`,
      { cause },
    );
  }
  return folder;
}

async function pointAt(link: string, target: string): Promise<void> {
  const current = await readlink(link).catch(() => undefined);
  if (current === target) return;
  const temporary = `${link}.${target}.tmp`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, link);
}
