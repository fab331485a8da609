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
