import { expect, test } from 'vitest';
import { limitOf, reasonOf } from '../grafana/limit.ts';
import { defaultSite } from '../site/site.ts';
import { defaultView, exprIn, legendIn, urlIn } from './view.ts';

const site = { ...defaultSite, labels: { ...defaultSite.labels, cls: 'cluster', ins: 'node' } };
const view = { ...defaultView, site };

test('labels of the site replace ours, names of variables and recorded series stay', () => {
  expect(exprIn(view, { text: 'max by (cls) (rate(pg:cls:x{cls="$cls"}[$__rate_interval])) and on (ins) y' })).toBe(
    'max by (cluster) (rate(pg:cls:x{cluster="$cls"}[$__rate_interval])) and on (node) y',
  );
  expect(legendIn(view, { en: '{{ins}} ins', zh: '' })).toBe('{{node}} ins');
  expect(urlIn(view, '/d/x?var-cls=${cls}&var-ins=${__field.labels.ins}')).toBe(
    '/d/x?var-cls=${cls}&var-ins=${__field.labels.node}',
  );
});

test('a limit that the site sets is drawn and explained with its number', () => {
  const limit = {
    value: 'connections',
    colour: 'orange',
    why: { en: 'Orange from {value}.', zh: '从 {value} 起。' },
  } as const;
  const own = { ...site, thresholds: { ...site.thresholds, connections: 0.6 } };
  expect([limitOf(limit, site), limitOf(limit, own)]).toEqual([0.85, 0.6]);
  expect([reasonOf(limit, site, 'en'), reasonOf(limit, own, 'zh')]).toEqual(['Orange from 85 %.', '从 60 % 起。']);
});

test.each([
  ['lag', 'Orange from 1m.'],
  ['slotRetained', 'Orange from 5 GiB.'],
  ['failovers', 'Orange from 3.'],
] as const)('the limit %s reads %s', (value, text) => {
  expect(reasonOf({ value, colour: 'orange', why: { en: 'Orange from {value}.', zh: '' } }, defaultSite, 'en')).toBe(
    text,
  );
});
