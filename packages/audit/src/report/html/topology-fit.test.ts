import { expect, test } from 'vitest';
import { fitName, squeezed, widthOf } from './topology-fit.ts';

test.each([
  ['pg-test-1', 'pg-test-1'],
  ['pg-ledger-settlement-shanghai-production-1', 'pg-ledger-s…oduction-1'],
  ['pg-ledger-settlement-shanghai-production-2', 'pg-ledger-s…oduction-2'],
  ['核心账务清结算系统生产环境数据库集群主库一', '核心账务清结算…库集群主库一'],
])('of %s a box shows %s', (name, shown) => {
  expect(fitName(name, 15, 212)).toBe(shown);
  expect(widthOf(shown, 15)).toBeLessThanOrEqual(212);
});

test('words that do not fit are drawn narrower, and words that fit as they are', () => {
  expect(squeezed('+ Patroni', 12, 212)).toEqual({});
  expect(squeezed('✕ Monitoring / 监控: no answer / 无应答', 12, 212)).toEqual({
    textLength: 212,
    lengthAdjust: 'spacingAndGlyphs',
  });
});
