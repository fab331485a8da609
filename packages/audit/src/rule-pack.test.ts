import { expect, test } from 'vitest';
import { rulePackOf } from './rule-pack.ts';
import { auditRules } from './rules.ts';

test('rules have one hash however often they are asked for, and others another one', () => {
  const pack = rulePackOf(auditRules, '1.0.0');
  expect(pack.sha256).toMatch(/^[0-9a-f]{64}$/u);
  expect(rulePackOf(auditRules, '1.0.1')).toEqual({ version: '1.0.1', sha256: pack.sha256 });
  expect(rulePackOf({ ...auditRules }, '1.0.0')).toEqual(pack);
  expect(rulePackOf({ ...auditRules, checks: auditRules.checks.slice(1) }, '1.0.0').sha256).not.toBe(pack.sha256);
});
