import { readXml, textOfXml, type XmlElement } from './format-readers.ts';

/**
 * A page of ours as a tree, without style and script. Throws where an element is not closed or closed twice: a browser
 * would mend that by moving content elsewhere.
 */
export function readPage(html: string): XmlElement {
  const body = html
    .replace(/^<!doctype html>/u, '')
    .replaceAll(/<(style|script)>.*?<\/\1>/gsu, '')
    .replaceAll(/<[a-z][^>]*>/gu, (tag) => tag.replaceAll(/ (hidden|open)(?=[ >/])/gu, ' $1="$1"'))
    // What a text may hold as it is in HTML and not in XML.
    .replaceAll('&#39;', "'");
  return readXml(`<?xml version="1.0" encoding="UTF-8"?>${body.trim()}`);
}

/** Elements of a tree, itself included, that have every one of these classes, in document order. */
export function withClass(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return elementsOf(element).filter(({ attributes }) => {
    const classes = (attributes['class'] ?? '').split(' ');
    return names.every((name) => classes.includes(name));
  });
}

/** An element and all below it, in document order. */
export function elementsOf(element: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const walk = (at: XmlElement): void => {
    found.push(at);
    for (const child of at.children) if (typeof child !== 'string') walk(child);
  };
  walk(element);
  return found;
}

/** The element with this id; throws when there is none, or more than one. */
export function getById(page: XmlElement, id: string): XmlElement {
  const found = elementsOf(page).filter(({ attributes }) => attributes['id'] === id);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} elements have the id ${id}`);
  return only;
}

/** Text below an element on one line. */
export const lineOf = (element: XmlElement | undefined): string => textOfXml(element).replaceAll(/\s+/gu, ' ').trim();

/** Groups of digits in a text, in order: `3 of 12` gives 3 and 12. */
export const digitsOf = (text: string): readonly string[] => text.match(/\d+/gu) ?? [];

/** What a page of a run prints as figures, in order: counts, shares, widths of bars, instants. */
export const figuresOf = (html: string): readonly string[] =>
  [
    ...html.matchAll(/<b>(\d+)<\/b>/gu),
    ...html.matchAll(/class="number[^"]*">([\d,]*)</gu),
    ...html.matchAll(/class="meter-value">([^<]*<small>[^<]*)/gu),
    ...html.matchAll(/width="(\d+)" height="1"/gu),
    ...html.matchAll(/datetime="([^"]*)"/gu),
  ].flatMap(([, figure]) => figure ?? []);
