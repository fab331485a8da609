import type { Finding, Outcome } from './finding.ts';
import { findLoose } from './demand.ts';
import type { Clause, ClauseOutcome, ClauseResult, Framework } from './framework.ts';
import type { Text } from './text.ts';

/**
 * State of every clause of a framework, in its order, from the findings of its checks and of the attestations that answer
 * its manual items. The first rule that holds wins: a fail, or a check that ran with a looser parameter than the clause
 * demands → not met; an unknown, or a check without a finding → not
 * assessed; an excepted finding → accepted risk; only not-applicable findings → not applicable, or not assessed when the
 * clause has more than the checks cover; a warning, partial coverage or an open manual item → met in part; else met.
 * A clause without checks is assessed once attestations answer all of its manual items.
 */
export function rollup(framework: Framework, findings: readonly Finding[]): readonly ClauseResult[] {
  const byCheck = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = byCheck.get(finding.check);
    if (known === undefined) byCheck.set(finding.check, [finding]);
    else known.push(finding);
  }
  return framework.clauses.map((clause) => rollupClause(framework.id, clause, byCheck));
}

function rollupClause(
  framework: string,
  clause: Clause,
  byCheck: ReadonlyMap<string, readonly Finding[]>,
): ClauseResult {
  const findings = clause.checks.flatMap((check) => byCheck.get(check) ?? []);
  const attested = attestationsOf(clause).flatMap((id) => byCheck.get(id) ?? []);
  const { outcome, reason } = decide(clause, findings, attested, byCheck);
  return { framework, clause: clause.id, outcome, reason, findings: [...findings, ...attested].map(({ id }) => id) };
}

interface Decision {
  readonly outcome: ClauseOutcome;
  readonly reason: Text;
}

function decide(
  clause: Clause,
  findings: readonly Finding[],
  attested: readonly Finding[],
  byCheck: ReadonlyMap<string, readonly Finding[]>,
): Decision {
  const all = [...findings, ...attested];
  const open = remainder(clause, byCheck);

  const failed = having(all, ['fail']);
  const loose = findLoose(clause, findings);
  if (failed.length > 0 || loose !== undefined) {
    const reasons = failed.length > 0 ? [naming('fails', '未通过', failed)] : [];
    return { outcome: 'not_met', reason: [...reasons, ...(loose ?? [])].reduce(join) };
  }

  // An attestation that is missing or out of date leaves its manual item open, as if there were no attestations.
  const unknown = [
    ...having(findings, ['error', 'stale', 'insufficient_data', 'manual']),
    ...having(attested, ['error', 'insufficient_data']),
  ];
  if (unknown.length > 0) return { outcome: 'not_assessed', reason: naming('cannot be decided', '无法判定', unknown) };
  if (clause.checks.length === 0 && (open !== undefined || attested.length === 0)) {
    return { outcome: 'not_assessed', reason: open ?? noCheckYet };
  }
  const silent = clause.checks.filter((check) => (byCheck.get(check) ?? []).length === 0);
  if (silent.length > 0) {
    return {
      outcome: 'not_assessed',
      reason: { en: `no finding of ${silent.join(', ')} in this run`, zh: `本次运行没有 ${silent.join('、')} 的结果` },
    };
  }

  const excepted = having(all, ['excepted']);
  if (excepted.length > 0)
    return { outcome: 'accepted_risk', reason: naming('is excepted', '属于已批准的例外', excepted) };

  const settled = open === undefined ? all : findings;
  if (settled.every(({ outcome }) => outcome === 'not_applicable')) {
    if (open !== undefined) return { outcome: 'not_assessed', reason: join(nothingApplies, open) };
    return { outcome: 'not_applicable', reason: nothingApplies };
  }

  const warned = having(all, ['warn']);
  if (warned.length > 0) {
    const reason = naming('is met only in part', '部分符合', warned);
    return { outcome: 'met_in_part', reason: open === undefined ? reason : join(reason, open) };
  }
  const good = whatIsGood(having(findings, ['pass']).length, having(attested, ['pass']).length);
  return open === undefined ? { outcome: 'met', reason: good } : { outcome: 'met_in_part', reason: join(good, open) };
}

function whatIsGood(passed: number, confirmed: number): Text {
  const results: Text = { en: `all ${passed} applicable results pass`, zh: `适用的 ${passed} 项结果全部通过` };
  if (confirmed === 0) return results;
  const persons: Text = {
    en: `${confirmed} ${confirmed === 1 ? 'item is' : 'items are'} confirmed by a person`,
    zh: `${confirmed} 项已由人员确认`,
  };
  return passed === 0 ? persons : join(results, persons);
}

/** Attestations that settle manual items of a clause, each once. */
export const attestationsOf = (clause: Clause): readonly string[] => [
  ...new Set(clause.manual.flatMap(({ by }) => by ?? [])),
];

const noCheckYet: Text = { en: 'no check covers it yet', zh: '尚无检查项覆盖' };
const nothingApplies: Text = { en: 'no check of it applies here', zh: '其检查项在此均不适用' };
const join = (first: Text, second: Text): Text => ({
  en: `${first.en}; ${second.en}`,
  zh: `${first.zh}；${second.zh}`,
});

const having = (findings: readonly Finding[], outcomes: readonly Outcome[]): readonly Finding[] =>
  findings.filter(({ outcome }) => outcomes.includes(outcome));

/**
 * What nothing settles: manual items that no valid attestation answers, or the part of the clause beyond the checks when
 * nobody is asked about it. Undefined when nothing is left.
 */
function remainder(clause: Clause, byCheck: ReadonlyMap<string, readonly Finding[]>): Text | undefined {
  const open = clause.manual.filter(
    ({ by }) => by === undefined || !by.every((id) => isAnswered(byCheck.get(id))),
  ).length;
  if (open > 0) {
    const items = open === 1 ? '1 item needs' : `${open} items need`;
    const waiting: Text = { en: `${items} a person`, zh: `${open} 项需人工确认` };
    return clause.checks.length === 0 ? join(noCheckYet, waiting) : waiting;
  }
  if (clause.manual.length > 0 || clause.coverage === 'full' || clause.checks.length === 0) return undefined;
  return { en: 'the checks cover part of it', zh: '检查项仅覆盖其中一部分' };
}

const isAnswered = (findings: readonly Finding[] = []): boolean =>
  findings.length > 0 &&
  findings.every(({ outcome }) => outcome !== 'manual' && outcome !== 'stale' && outcome !== 'error');

/** `2 results cannot be decided: a/x, b/y`. */
function naming(en: string, zh: string, findings: readonly Finding[]): Text {
  const ids = findings.slice(0, 3).map(({ id }) => id);
  const more = findings.length > ids.length ? ` (+${findings.length - ids.length})` : '';
  const count = findings.length;
  return {
    en: `${count} ${count === 1 ? 'result' : 'results'} ${count === 1 ? en : plural(en)}: ${ids.join(', ')}${more}`,
    zh: `${count} 项结果${zh}：${ids.join('、')}${more}`,
  };
}

/** The few verbs above, for several results. */
const plural = (verb: string): string => verb.replace(/^is /u, 'are ').replace(/^fails$/u, 'fail');
