import type { Finding } from '../finding.ts';
import type { Framework, HighRiskCase } from '../framework.ts';
import type { HighRiskReport, HighRiskState } from './model.ts';
import { worstOutcome } from './outcomes.ts';

const stateOrder = [
  'triggered',
  'accepted',
  'undecided',
  'not_triggered',
  'no_check',
] as const satisfies readonly HighRiskState[];

/** Every high-risk case of the guidance with its state, shown ones first. */
export function buildHighRisk(
  frameworks: readonly Framework[],
  findings: readonly Finding[],
): readonly HighRiskReport[] {
  const cases = frameworks.flatMap((framework) =>
    (framework.highRisk ?? []).map((entry) => buildCase(framework, entry, findings)),
  );
  return cases.toSorted((a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state));
}

function buildCase(framework: Framework, entry: HighRiskCase, findings: readonly Finding[]): HighRiskReport {
  const { state, shown } = stateOf(entry, findings);
  return {
    framework: framework.id,
    key: entry.key,
    clause: framework.clauses.find(({ highRisk }) => highRisk?.includes(entry.key))?.id ?? '',
    title: entry.title,
    state,
    findings: shown.map(({ id }) => id),
    mitigation: entry.mitigation,
    mitigatedBy: entry.mitigatedBy.map((check) => {
      const outcome = worstOutcome(findings.filter((finding) => finding.check === check).map((found) => found.outcome));
      return outcome === undefined ? { check } : { check, outcome };
    }),
  };
}

/** Not triggered only when every trigger was looked at on every subject and none failed. */
function stateOf(
  entry: HighRiskCase,
  findings: readonly Finding[],
): { readonly state: HighRiskState; readonly shown: readonly Finding[] } {
  if (entry.triggers.length === 0) return { state: 'no_check', shown: [] };
  const relevant = findings.filter(({ check }) => entry.triggers.some((trigger) => trigger === check));
  const failed = relevant.filter(({ outcome }) => outcome === 'fail');
  if (failed.length > 0) return { state: 'triggered', shown: failed };
  const open = relevant.filter(({ outcome }) => ['error', 'stale', 'insufficient_data', 'manual'].includes(outcome));
  const silent = entry.triggers.some((trigger) => relevant.every(({ check }) => check !== trigger));
  if (open.length > 0 || silent) return { state: 'undecided', shown: open };
  const accepted = relevant.filter(({ waived }) => waived?.outcome === 'fail');
  if (accepted.length > 0) return { state: 'accepted', shown: accepted };
  return { state: 'not_triggered', shown: [] };
}
