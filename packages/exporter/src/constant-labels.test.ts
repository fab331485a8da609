import { defineCollector, gauge, postgresCollectors } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import { parseConstantLabels, refuseLabelConflicts } from './constant-labels.ts';

describe('constant labels', () => {
  test.each<[readonly string[], Readonly<Record<string, string>>]>([
    [[], {}],
    [['cls=pg-demo,ins=pg-demo-1'], { cls: 'pg-demo', ins: 'pg-demo-1' }],
    [['cls=pg-demo', ' ip = 127.0.0.1 '], { cls: 'pg-demo', ip: '127.0.0.1' }],
    [['note=a=b,'], { note: 'a=b' }],
  ])('[T] %j are read, = is allowed in a value', (texts, labels) => {
    expect(parseConstantLabels(texts)).toEqual(labels);
  });

  test.each(['cls', '=x', 'cls=', '1a=x', 'a-b=x', '__name__=x'])('%s is refused by name', (text) => {
    expect(() => parseConstantLabels([text])).toThrow(`--label "${text}"`);
  });

  test('[T] le is refused when there is a histogram, and only then', () => {
    const base = {
      id: 'app_x',
      source: 'postgres',
      scope: 'instance',
      help: 'A test collector',
      cacheSeconds: 0,
      timeoutSeconds: 1,
      priority: 1,
      labels: {},
      metrics: { v: gauge('count', 'A value') },
      variants: [{ branch: 'app_x', sql: '' }],
    } as const;
    const query = defineCollector(base);
    const histograms = { age: { buckets: [1], unit: 'seconds', help: 'Age' } } as const;
    const withHistogram = defineCollector({ ...base, histograms });
    expect(() => refuseLabelConflicts({ le: 'x' }, [query], true)).not.toThrow();
    expect(() => refuseLabelConflicts({ le: 'x' }, [withHistogram], true)).toThrow('--label le: the histogram of');
  });

  test('a label that a collector or the self metrics use is refused', () => {
    expect(() => refuseLabelConflicts({ appname: 'x' }, postgresCollectors, true)).toThrow('--label appname');
    expect(() => refuseLabelConflicts({ query: 'x' }, [], true)).toThrow('the self metrics');
    expect(() => refuseLabelConflicts({ query: 'x' }, [], false)).not.toThrow();
    expect(() => refuseLabelConflicts({ cls: 'x', ins: 'y', ip: 'z' }, postgresCollectors, true)).not.toThrow();
  });
});
