import type { Language } from '../../text.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { zh } from './zh.ts';

const catalogue: Readonly<Record<Language, Messages>> = { en, zh };

/** The words of one language. */
export const messagesOf = (language: Language): Messages => catalogue[language];
