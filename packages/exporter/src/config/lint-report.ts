import { renderTable } from '@pgattest/runtime';
import { coveredMajors, type CoverageCell } from './coverage.ts';
import type { DryRun } from './dry-run.ts';
import { formatDiagnostic, type Diagnostic, type Severity } from './diagnostic.ts';

/** Everything a lint found, ready to print. */
export interface LintReport {
  readonly files: readonly string[];
  /** Branches that would run somewhere. */
  readonly branches: number;
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: readonly CoverageCell[];
  /** Present when a server was asked. */
  readonly dryRun?: DryRun;
}

/** How many diagnostics of a severity there are. */
export function countOf({ diagnostics }: Pick<LintReport, 'diagnostics'>, severity: Severity): number {
  return diagnostics.filter((one) => one.severity === severity).length;
}

/** For people: a line per diagnostic, the coverage table unless left out, and a summary. */
export function renderLintText(report: LintReport, hasCoverage: boolean): string {
  const lines = report.diagnostics.map(formatDiagnostic);
  const table = hasCoverage && report.coverage.length > 0 ? [coverageTable(report.coverage)] : [];
  const live = report.dryRun === undefined ? [] : [liveSummary(report.dryRun)];
  return `${[...lines, ...table, ...live, summaryOf(report)].join('\n')}\n`;
}

/** For programs: one document. */
export function renderLintJson(report: LintReport): string {
  const { files, branches, diagnostics, coverage, dryRun } = report;
  const live = dryRun && { server: dryRun.server, checked: dryRun.checked, skipped: dryRun.skipped };
  const document = { schemaVersion: 1, files, branches, diagnostics, coverage, ...(live && { dryRun: live }) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function summaryOf(report: LintReport): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => plural(countOf(report, severity), severity));
  return `${plural(report.files.length, 'file')}, ${plural(report.branches, 'branch', 'es')}: ${counts.join(', ')}`;
}

function liveSummary({ server, checked, skipped }: DryRun): string {
  const why = skipped.map(({ branch, detail }) => `\n  ${branch} does not run there: ${detail}`).join('');
  return `on server ${server}: ${checked.length} branches return what they declare, ${skipped.length} do not run${why}`;
}

function plural(count: number, word: string, ending = 's'): string {
  return `${count} ${word}${count === 1 ? '' : ending}`;
}

/** P = a branch for a primary, R = for a replica, with the number when it is not one, - = none. */
function coverageTable(cells: readonly CoverageCell[]): string {
  const ids = [...new Set(cells.map(({ collector }) => collector))];
  const countAt = new Map(cells.map((cell) => [keyOf(cell.collector, cell.major, cell.role), cell.branches.length]));
  const rows = ids.map((id) => [
    id,
    ...coveredMajors.map(
      (major) =>
        mark('P', countAt.get(keyOf(id, major, 'primary')) ?? 0) +
        mark('R', countAt.get(keyOf(id, major, 'replica')) ?? 0),
    ),
  ]);
  return renderTable({ head: ['collector', ...coveredMajors.map(String)], rows });
}

function mark(letter: string, count: number): string {
  return count === 0 ? '-' : `${letter}${count === 1 ? '' : count}`;
}

function keyOf(collector: string, major: number, role: string): string {
  return `${collector} ${major} ${role}`;
}
