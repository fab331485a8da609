import type { Language, Text } from '../../text.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Report } from '../model.ts';

/** What every component of the report is drawn from. */
export interface View {
  readonly report: Report;
  readonly t: Messages;
  readonly language: Language;
}

/** The side of a text this view shows. */
export const say = ({ language }: Pick<View, 'language'>, text: Text): string => text[language];

/** A text of ours as prose: what stands between backticks is code. */
export function Prose({ view, text }: { readonly view: Pick<View, 'language'>; readonly text: Text }) {
  return <>{text[view.language].split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
