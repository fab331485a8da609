import type { Family } from './family.ts';

/** Content type of what `expose` writes: the Prometheus text format 0.0.4. */
export const expositionContentType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Families as Prometheus text 0.0.4, families and samples in the order given; a family without samples is left out.
 * Duplicate series are the caller's business: `merge` has named and dropped them before.
 */
export function expose(families: Iterable<Family>): string {
  let text = '';
  for (const family of families) {
    if (family.samples.length === 0) continue;
    const { name, labelNames } = family;
    text += `# HELP ${name} ${escapeHelp(family.help)}\n# TYPE ${name} ${family.kind}\n`;
    // What stands before each value and behind the last is the same for all samples.
    const openings = labelNames.map((label, index) => `${index === 0 ? `${name}{` : '",'}${label}="`);
    const closing = labelNames.length === 0 ? `${name} ` : '"} ';
    for (const { labels, value } of family.samples) {
      for (let index = 0; index < openings.length; index += 1) {
        text += (openings[index] ?? '') + escapeLabel(labels[index] ?? '');
      }
      text += `${closing}${formatValue(value)}\n`;
    }
  }
  return text;
}

function escapeHelp(help: string): string {
  return /[\\\n]/.test(help) ? help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n') : help;
}

function escapeLabel(value: string): string {
  return /[\\\n"]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"') : value;
}

function formatValue(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
