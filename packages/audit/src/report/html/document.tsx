import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { contentSecurityPolicy } from './csp.ts';
import { printable } from '../printable.ts';
import type { PageParts } from './page-parts.ts';
import { script } from './script.ts';
import { style } from './style.ts';

interface DocumentProps {
  /** BCP 47. */
  readonly tag: string;
  readonly title: string;
  readonly refreshSeconds?: number;
  readonly children: ComponentChildren;
  /** Of a page that is too large to be drawn in one. */
  readonly parts?: PageParts;
}

function Document({ tag, title, refreshSeconds, children }: DocumentProps) {
  return (
    <html lang={tag}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={contentSecurityPolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        {refreshSeconds !== undefined && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

/** Characters that are written at a time, at least. */
const writtenAtOnce = 65_536;

/** A complete page, piece by piece. */
export function* drawDocument(props: DocumentProps): Generator<string, void> {
  const frame = `<!doctype html>\n${renderToString(<Document {...props} />)}\n`;
  let drawn = '';
  for (const piece of props.parts?.fill(frame) ?? [frame]) {
    drawn += finished(piece);
    if (drawn.length < writtenAtOnce) continue;
    yield drawn;
    drawn = '';
  }
  yield drawn;
}

/** A complete page in one string. */
export const renderDocument = (props: DocumentProps): string => [...drawDocument(props)].join('');

/** A line break after each block keeps golden files and diffs readable. */
const finished = (html: string): string =>
  printable(html).replace(
    /<\/(?:article|dd|details|div|dl|dt|figure|g|h[1-6]|head|header|li|meta|nav|ol|p|pre|section|summary|style|svg|table|tbody|td|th|thead|title|tr|ul)>(?!\n)/gu,
    '$&\n',
  );
