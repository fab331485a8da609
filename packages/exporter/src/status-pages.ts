import { renderTable, version } from '@pgattest/runtime';
import type { InstanceReport, ScrapeReport } from './scrape-report.ts';
import type { PageLink } from './source-api.ts';

/** The collectors of the last scrape as one table of text for each database. */
export function statText({ main, databases }: InstanceReport): string {
  const others = databases.map((report) => `\ndatabase ${report.database}\n${tableOf(report)}\n`);
  return `${tableOf(main)}\n${others.join('')}`;
}

function tableOf(report: ScrapeReport): string {
  const rows = report.collectors.map(({ id, ttlMs, record, shown, failure }) => [
    id,
    ...[record.total, record.hits, record.errors, record.skips, shown?.samples ?? 0, ttlMs / 1000].map(String),
    record.durationMs.toFixed(1),
    failure?.class ?? '',
  ]);
  const head = ['name', 'total', 'hit', 'error', 'skip', 'metric', 'ttl/s', 'duration/ms', 'failing'];
  const align = head.map((_, index) => (index === 0 || index === head.length - 1 ? 'left' : 'right'));
  return renderTable({ head, rows, align });
}

/** One line: program and version. */
export function versionText(program: string): string {
  return `${program} ${version} (pgattest)\n`;
}

/** The page at `/`: where to go from here. */
export function landingPage(program: string, paths: readonly PageLink[]): string {
  const items = paths.map(
    ({ path, what }) => `<li><a href="${escapeHtml(path)}">${escapeHtml(path)}</a> ${escapeHtml(what)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(program)}</title></head>
<body>
<h1>${escapeHtml(`${program} ${version}`)}</h1>
<ul>
${items.join('\n')}
</ul>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
