import { expect, test } from 'vitest';
import { alertRule, rulesFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringAuditInterruption } from './monitoring-audit-interruption.ts';

test.each([
  ['hardened', 'pass', rulesFact('AuditEvidenceStale', 'AuditorDown', 'AuditCheckRegressed')],
  ['weak: nobody misses the auditor', 'fail', rulesFact('AuditEvidenceStale', 'AuditCheckRegressed')],
  ['weak: no rules', 'fail', rulesFact()],
  [
    'a rule that fails',
    'fail',
    rulesFact('AuditEvidenceStale', alertRule('AuditorDown', { health: 'err' }), 'AuditCheckFailing'),
  ],
] as const)('%s: %s', (_, outcome, rules) => {
  const verdict = monitoringAuditInterruption.evaluate(
    { 'monitoring.rules': rules },
    monitoringAuditInterruption.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
});
