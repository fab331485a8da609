import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printable } from '../printable.ts';

/**
 * Draws what is inside an element by itself, for `dangerouslySetInnerHTML`. A page is put together from some hundred
 * thousand pieces of text that stay in memory until it is whole; of a part that is drawn by itself they are gone at
 * once, which halves what a report costs. `printable` makes one text of the pieces; the page goes through it once more.
 */
export const wholePart = (part: VNode): { readonly __html: string } => ({ __html: printable(renderToString(part)) });
