/** Languages that panels are written in; English is the default. */
export type Language = 'en' | 'zh';

/** User text, side by side. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** `say('Primaries', '主库')`: the same thing in both languages. */
export const say = (en: string, zh: string): Text => ({ en, zh });

/** Text that reads the same in both languages: names, label templates. */
export const same = (text: string): Text => ({ en: text, zh: text });
