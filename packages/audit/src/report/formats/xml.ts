import { printable } from '../printable.ts';

/**
 * Text for an XML 1.0 element or attribute. Control characters become visible, as in every report; what XML cannot say
 * at all (lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD.
 */
export const escapeXml = (text: string): string =>
  printable(text)
    .replaceAll(/[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The same for an attribute, where a parser would turn a line break or a tab into a space. */
export const escapeXmlAttribute = (text: string): string =>
  escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
