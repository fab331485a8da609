import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { createPageParts } from './page-parts.ts';

test('every part stands where it was kept for, in any number, and text that looks like a place is text', () => {
  const { later, fill } = createPageParts();
  const cell = (text: string) => h('td', { dangerouslySetInnerHTML: later(h('b', {}, text)) });
  const names = Array.from({ length: 12 }, (_, at) => (at === 3 ? '<!--part 1-->' : `n${at}`));
  const frame = renderToString(h('tr', {}, h('td', {}, '<!--part 2-->'), ...names.map(cell)));
  const shown = names.map((name) => `<td><b>${name.replaceAll('<', '&lt;')}</b></td>`);
  expect([...fill(frame)].join('')).toBe(`<tr><td>&lt;!--part 2--></td>${shown.join('')}</tr>`);
});
