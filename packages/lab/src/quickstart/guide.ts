import type { QuickstartTexts } from './texts.ts';

/** Addresses and paths the user may want. */
export interface GuideFacts {
  /** Empty once everything is stopped. */
  readonly metrics: readonly { readonly instance: string; readonly url: string }[];
  /** Consoles of other programs, by their own names. */
  readonly consoles?: readonly { readonly name: string; readonly url: string }[];
  readonly serviceUrl: string | undefined;
  readonly reports: readonly string[];
  readonly evidence: string | undefined;
  readonly commands: { readonly auditAgain: string; readonly sql: string } | undefined;
  readonly logDir: string | undefined;
}

/** The block "where to look", one aligned line per thing. */
export function renderGuide(facts: GuideFacts, texts: QuickstartTexts): string {
  const lines: (readonly [string, string])[] = [
    ...facts.metrics.map(({ instance, url }) => [`${texts.metrics} ${instance}`, url] as const),
    ...(facts.consoles ?? []).map(({ name, url }) => [name, url] as const),
    ...optional(texts.auditService, facts.serviceUrl),
    ...facts.reports.map((path) => [texts.report, path] as const),
    ...optional(texts.evidence, facts.evidence),
    ...optional(texts.auditAgain, facts.commands?.auditAgain),
    ...optional(texts.sql, facts.commands?.sql),
    ...optional(texts.logs, facts.logDir),
  ];
  const width = Math.max(...lines.map(([label]) => columns(label)));
  const rows = lines.map(([label, text]) => `  ${label}${' '.repeat(width - columns(label))}  ${text}`);
  return `\n${texts.whereToLook}\n${rows.join('\n')}\n`;
}

function optional(label: string, text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[label, text]];
}

/** Chinese characters and full-width signs take two columns of a terminal. */
function columns(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => sum + (/[\u3000-\u9fff\uff00-\uff60]/u.test(character) ? 2 : 1),
    0,
  );
}
