/** Characters as wide as they are high, from the radicals of CJK on. */
const isWide = (character: string): boolean => (character.codePointAt(0) ?? 0) >= 0x2e80;

/** Width of a Latin character of a wide sans-serif font in semibold, of the font size: the reader's own font is not known. */
const latinWidth = 0.62;

/** Width that a text needs at most, in units of the drawing. */
export const widthOf = (text: string, fontSize: number): number =>
  Array.from(text).reduce((sum, character) => sum + (isWide(character) ? fontSize : fontSize * latinWidth), 0);

/** As much of a name as fits: its middle is left out, as names of one cluster differ at their ends. */
export function fitName(name: string, fontSize: number, width: number): string {
  const characters = Array.from(name);
  if (widthOf(name, fontSize) <= width) return name;
  let kept = characters.length - 1;
  const shortened = (): string =>
    `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(characters.length - Math.floor(kept / 2)).join('')}`;
  while (kept > 2 && widthOf(shortened(), fontSize) > width) kept -= 1;
  return shortened();
}

export interface Squeezed {
  readonly textLength?: number;
  readonly lengthAdjust?: 'spacingAndGlyphs';
}

/** Attributes of a text of words that must be read whole: it is drawn narrower where it would not fit. */
export const squeezed = (text: string, fontSize: number, width: number): Squeezed =>
  widthOf(text, fontSize) <= width ? {} : { textLength: width, lengthAdjust: 'spacingAndGlyphs' };
