import type { Language } from '../../text.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { sideBySide } from './side-by-side.ts';
import { zh } from './zh.ts';

/** The words of one language, or of both beside each other. */
export const messagesOf = (language: Language | 'both'): Messages =>
  language === 'both' ? sideBySide() : language === 'en' ? en : zh;
