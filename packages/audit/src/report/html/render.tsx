import { messagesOf } from '../i18n/messages-of.ts';
import type { Report } from '../model.ts';
import { ChangesChapter, EvidenceChapter, GlossaryChapter, SignaturesChapter, WaiversChapter } from './annex.tsx';
import { Cover } from './cover.tsx';
import { renderDocument } from './document.tsx';
import { FindingsChapter } from './findings.tsx';
import { FrameworkChapter } from './framework.tsx';
import { MethodChapter } from './method.tsx';
import { ScopeChapter } from './scope.tsx';
import { Summary } from './summary.tsx';
import { say, type ShownLanguage, type View } from './view.tsx';

export interface HtmlOptions {
  /** Where the other language's report is, relative to this one: `report.zh.html`. */
  readonly otherLanguageHref?: string;
}

/**
 * The report as one self-contained page: no request leaves it, it works without script, prints on A4, and follows the
 * reader's light or dark setting.
 */
export function renderHtml(report: Report, language: ShownLanguage, options: HtmlOptions = {}): string {
  const t = messagesOf(language);
  const view: View = { report, t, language };
  return renderDocument({
    tag: t.tag,
    title: `${t.reportTitle} · ${report.cluster} · ${report.runId}`,
    children: (
      <>
        <a class="skip" href="#main">
          {t.skipToContent}
        </a>
        <div class="page">
          <Contents view={view} options={options} />
          <main id="main">
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
            <footer class="foot muted small">
              {report.tool.name} {report.tool.version} · {report.id}
            </footer>
          </main>
        </div>
      </>
    ),
  });
}

function Contents({ view, options }: { readonly view: View; readonly options: HtmlOptions }) {
  const { report, t } = view;
  const attention = report.checks.filter(({ worst }) => worst !== 'pass' && worst !== 'not_applicable').length;
  const entries: readonly (readonly [string, string, number?])[] = [
    ['summary', t.chapters.summary],
    ['scope', t.chapters.scope],
    ['method', t.chapters.method, report.method.limits.length],
    ['findings', t.chapters.findings, attention],
    ...report.frameworks.map((framework) => [framework.id, say(view, framework.title)] as const),
    ['waivers', t.chapters.waivers, report.waivers.length],
    ['changes', t.chapters.changes],
    ['evidence', t.chapters.evidence],
    ['glossary', t.chapters.glossary],
    ['signatures', t.chapters.signatures],
  ];
  return (
    <nav class="contents" aria-label={t.contents}>
      <a class="brand" href="#top">
        pgattest
      </a>
      {options.otherLanguageHref !== undefined && (
        <a class="language" href={options.otherLanguageHref}>
          {t.otherLanguage}
        </a>
      )}
      <ol>
        {entries.map(([id, name, count]) => (
          <li>
            <a href={`#${id}`}>
              {name}
              {count !== undefined && count > 0 && <span class="count">{count}</span>}
            </a>
          </li>
        ))}
      </ol>
      <div class="filter" id="filter" hidden>
        <label for="filter-text">{t.filter}</label>
        <input id="filter-text" type="search" placeholder={t.filterHint} autocomplete="off" />
        <p class="small" id="filter-empty" hidden>
          {t.filterNone}
        </p>
      </div>
    </nav>
  );
}
