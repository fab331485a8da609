import type { ComponentChildren } from 'preact';
import type { Messages } from '../i18n/messages.ts';
import { drawDocument } from './document.tsx';
import type { PageParts } from './page-parts.ts';
import type { ShownLanguage } from './view.tsx';

/** A chapter in the list of contents. */
export interface Chapter {
  /** Anchor of the chapter. */
  readonly id: string;
  readonly name: string;
  /** What it holds that asks for attention; 0 is not shown. */
  readonly count?: number;
}

export interface PageProps {
  readonly t: Messages;
  readonly language: ShownLanguage;
  readonly title: string;
  readonly chapters: readonly Chapter[];
  /** The same page in the other language, relative to this one: `report.zh.html`. */
  readonly otherLanguageHref?: string | undefined;
  /** Drawings that the chapters refer to. */
  readonly drawings?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly footer: string;
  readonly parts?: PageParts;
}

/** A report as one self-contained page, piece by piece: contents and filter at the side, chapters, footer. */
export function drawPage(props: PageProps): Generator<string, void> {
  const { t, language, title, drawings, children, footer, parts } = props;
  return drawDocument({
    tag: t.tag,
    title,
    ...(parts === undefined ? {} : { parts }),
    children: (
      <>
        <a class="skip" href="#main">
          {t.skipToContent}
        </a>
        {drawings}
        <div class={`page${language === 'both' ? ' both' : ''}`}>
          <Contents {...props} />
          <main id="main">
            {children}
            <footer class="foot muted small">{footer}</footer>
          </main>
        </div>
      </>
    ),
  });
}

function Contents({ t, chapters, otherLanguageHref }: PageProps) {
  return (
    <nav class="contents" aria-label={t.contents}>
      <a class="brand" href="#top">
        pgattest
      </a>
      {otherLanguageHref !== undefined && (
        <a class="language" href={otherLanguageHref}>
          {t.otherLanguage}
        </a>
      )}
      <ol>
        {chapters.map(({ id, name, count = 0 }) => (
          <li>
            <a href={`#${id}`}>
              {name}
              {count > 0 && <span class="count">{count}</span>}
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
