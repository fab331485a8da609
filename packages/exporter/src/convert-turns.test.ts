import { defineCollector, gauge } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { convertInTurns } from './convert-turns.ts';
import { rowsToFamilies } from './rows.ts';

const collector = defineCollector({
  id: 'my_x',
  source: 'postgres',
  scope: 'instance',
  help: 'A test collector',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 1,
  labels: { name: 'Who' },
  metrics: { a: gauge('count', 'A value'), b: gauge('count', 'Another'), gone: gauge('count', 'No column') },
  variants: [{ branch: 'my_x', sql: '' }],
});
const columns = ['name', 'a', 'b'].map((name) => ({ name, typeOid: 20 }));
const rows = Array.from({ length: 12_000 }, (_, index) => [
  String(index),
  String(index),
  index % 7 === 0 ? 'x' : index % 5 === 0 ? null : '1',
]);

test.each([{}, { maxSeries: 9000 }, { maxSeries: 1 }, { omitsNull: true, maxSeries: 9000 }])(
  'a long result is converted as it is at once, with %j',
  async (rules) => {
    const [variant] = collector.variants;
    if (variant === undefined) throw new Error('spec has a variant');
    const whole = rowsToFamilies(collector, variant, { columns, rows }, rules);
    const turns = await convertInTurns({ name: 'my_x', collector, variant }, { columns, rows }, rules);
    expect(turns).toEqual(whole);
  },
);
