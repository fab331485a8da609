import { messagesOf } from '../i18n/messages-of.ts';
import type { Report } from '../model.ts';
import { ChangesChapter, EvidenceChapter, GlossaryChapter, SignaturesChapter, WaiversChapter } from './annex.tsx';
import { Cover } from './cover.tsx';
import { FindingsChapter } from './findings.tsx';
import { FrameworkChapter } from './framework.tsx';
import { MethodChapter } from './method.tsx';
import { createPageParts } from './page-parts.ts';
import { drawPage, type Chapter } from './page.tsx';
import { ScopeChapter } from './scope.tsx';
import { Summary } from './summary.tsx';
import { say, type ShownLanguage, type View } from './view.tsx';

export interface HtmlOptions {
  /** Where the other language's report is, relative to this one: `report.zh.html`. */
  readonly otherLanguageHref?: string;
}

/**
 * The report as one self-contained page, piece by piece: no request leaves it, it works without script, prints on A4, and
 * follows the reader's light or dark setting.
 */
export function drawHtml(report: Report, language: ShownLanguage, options: HtmlOptions = {}): Generator<string, void> {
  const t = messagesOf(language);
  const parts = createPageParts();
  const view: View = { report, t, language, later: parts.later };
  return drawPage({
    parts,
    t,
    language,
    title: `${t.reportTitle} · ${report.cluster} · ${report.runId}`,
    chapters: chaptersOf(view),
    otherLanguageHref: options.otherLanguageHref,
    footer: `${report.tool.name} ${report.tool.version} · ${report.id}`,
    children: (
      <>
        <Cover view={view} />
        <Summary view={view} />
        <ScopeChapter view={view} />
        <MethodChapter view={view} />
        <FindingsChapter view={view} />
        {report.frameworks.map((framework) => (
          <FrameworkChapter view={view} framework={framework} />
        ))}
        <WaiversChapter view={view} />
        <ChangesChapter view={view} />
        <EvidenceChapter view={view} />
        <GlossaryChapter view={view} />
        <SignaturesChapter view={view} />
      </>
    ),
  });
}

/** The same in one string. */
export const renderHtml = (...page: Parameters<typeof drawHtml>): string => [...drawHtml(...page)].join('');

function chaptersOf(view: View): readonly Chapter[] {
  const { report, t } = view;
  const attention = report.checks.filter(({ worst }) => worst !== 'pass' && worst !== 'not_applicable').length;
  return [
    { id: 'summary', name: t.chapters.summary },
    { id: 'scope', name: t.chapters.scope },
    { id: 'method', name: t.chapters.method, count: report.method.limits.length },
    { id: 'findings', name: t.chapters.findings, count: attention },
    ...report.frameworks.map(({ id, title }) => ({ id, name: say(view, title) })),
    { id: 'waivers', name: t.chapters.waivers, count: report.waivers.length },
    { id: 'changes', name: t.chapters.changes },
    { id: 'evidence', name: t.chapters.evidence },
    { id: 'glossary', name: t.chapters.glossary },
    { id: 'signatures', name: t.chapters.signatures },
  ];
}
