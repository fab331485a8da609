import { postgresCollectors } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import { parseConstantLabels, refuseLabelConflicts } from './constant-labels.ts';

describe('constant labels', () => {
  test.each<[readonly string[], Readonly<Record<string, string>>]>([
    [[], {}],
    [['cls=pg-demo,ins=pg-demo-1'], { cls: 'pg-demo', ins: 'pg-demo-1' }],
    [['cls=pg-demo', ' ip = 127.0.0.1 '], { cls: 'pg-demo', ip: '127.0.0.1' }],
    [['note=a=b,'], { note: 'a=b' }],
  ])('%j', (texts, labels) => {
    expect(parseConstantLabels(texts)).toEqual(labels);
  });

  test.each(['cls', '=x', 'cls=', '1a=x', 'a-b=x', '__name__=x'])('%s is refused by name', (text) => {
    expect(() => parseConstantLabels([text])).toThrow(`--label "${text}"`);
  });

  test('a label that a collector or the self metrics use is refused', () => {
    expect(() => refuseLabelConflicts({ appname: 'x' }, postgresCollectors, true)).toThrow('--label appname');
    expect(() => refuseLabelConflicts({ query: 'x' }, [], true)).toThrow('the self metrics');
    expect(() => refuseLabelConflicts({ query: 'x' }, [], false)).not.toThrow();
    expect(() => refuseLabelConflicts({ cls: 'x', ins: 'y', ip: 'z' }, postgresCollectors, true)).not.toThrow();
  });
});
