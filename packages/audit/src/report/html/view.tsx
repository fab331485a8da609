import type { Language, Text } from '../../text.ts';
import type { Messages } from '../i18n/messages.ts';
import { besideEachOther } from '../i18n/side-by-side.ts';
import type { Report } from '../model.ts';
import type { PageParts } from './page-parts.ts';

/** What a page shows: one language, or English and Chinese beside each other. */
export type ShownLanguage = Language | 'both';

/** What every component of the report is drawn from. */
export interface View {
  readonly report: Report;
  readonly t: Messages;
  readonly language: ShownLanguage;
  /** Keeps what is inside a large element until the page has come to it. */
  readonly later: PageParts['later'];
}

/** The side of a text this view shows; both sides in one line where it shows both. */
export const say = ({ language }: Pick<View, 'language'>, text: Text): string =>
  language === 'both' ? besideEachOther(text.en, text.zh) : text[language];

/** A text of ours as prose: what stands between backticks is code. Both languages stand in columns of their own. */
export function Prose({ view, text }: { readonly view: Pick<View, 'language'>; readonly text: Text }) {
  const { language } = view;
  if (language !== 'both') return <WithCode text={text[language]} />;
  if (text.en === text.zh) return <WithCode text={text.en} />;
  return (
    <span class="pair">
      <span lang="en">
        <WithCode text={text.en} />
      </span>
      <span lang="zh-CN">
        <WithCode text={text.zh} />
      </span>
    </span>
  );
}

const WithCode = ({ text }: { readonly text: string }) => (
  <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
);
