import { expect, test } from 'vitest';
import { defaultExcludedDatabases, discover } from './discovery.ts';

const databases = ['app', 'postgres', 'sales', 'shop'];

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['all but the given one', [], [], ['postgres', 'sales', 'shop']],
  ['not the excluded ones', [], ['postgres', 'shop'], ['sales']],
  ['only the included ones', ['sales', 'gone'], [], ['sales']],
  ['exclude wins over include', ['sales', 'shop'], ['shop'], ['sales']],
])('%s', (_what, include, exclude, found) => {
  expect(discover(databases, 'app', { include, exclude })).toEqual(found);
});

test('by default the maintenance database and the templates are left out', () => {
  expect(discover(databases, 'app', { include: [], exclude: defaultExcludedDatabases })).toEqual(['sales', 'shop']);
});
