import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** For `dangerouslySetInnerHTML`: a place in the page, to be filled when the page has come to it. */
export interface Place {
  readonly __html: string;
}

/**
 * What is inside the large elements of a page. A page is millions of characters, put together from some hundred thousand
 * pieces; drawn part by part it is never in memory as a whole. A part has no parts of its own.
 */
export interface PageParts {
  /** Keeps a part, and gives the place where it will stand. */
  readonly later: (part: VNode) => Place;
  /** The page with every place filled, in pieces. */
  readonly fill: (frame: string) => Generator<string, void>;
}

/** A comment, which no text of a report can be: those are escaped. */
const place = /<!--part (\d+)-->/u;

/** The parts of one page; none yet. */
export function createPageParts(): PageParts {
  const parts: VNode[] = [];
  return {
    later: (part) => ({ __html: `<!--part ${parts.push(part) - 1}-->` }),
    *fill(frame) {
      for (const [at, text] of frame.split(place).entries()) {
        const part = at % 2 === 0 ? undefined : parts[Number(text)];
        yield part === undefined ? text : renderToString(part);
      }
    },
  };
}
