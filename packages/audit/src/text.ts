/** User text, English and Chinese side by side. Evidence and ids are never translated. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
export type Language = keyof Text;
