import { expect, test } from 'vitest';
import { alertRule, alertsFact, rulesFact, target } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringAuditorWatched } from './monitoring-auditor-watched.ts';

const both = [alertRule('AuditEvidenceStale'), alertRule('AuditRunFailing')];
const judge = (targets: readonly string[], rules = both, firing: readonly string[] = []) =>
  monitoringAuditorWatched.evaluate(
    {
      'monitoring.rules': rulesFact(...rules),
      'monitoring.alerts': alertsFact(firing),
      'monitoring.targets': targets.map(target),
    },
    monitoringAuditorWatched.params,
    seenAt,
  );

test.each([
  [['mon 10.0.0.10:9855'], both, [], 'pass'],
  [[], both, [], 'fail'],
  [['mon 10.0.0.10:9855 down'], both, [], 'fail'],
  [['mon 10.0.0.10:9855'], both.slice(0, 1), [], 'fail'],
  [['mon 10.0.0.10:9855'], both, ['AuditEvidenceStale'], 'fail'],
  [['mon 10.0.0.10:9855'], both, ['Other'], 'pass'],
] as const)('%#: %s', (targets, rules, firing, outcome) => {
  expect(judge(targets, [...rules], firing).outcome).toBe(outcome);
});
