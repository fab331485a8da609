import type { Finding, Outcome } from './finding.ts';
import type { Clause, ClauseOutcome, ClauseResult, Framework } from './framework.ts';
import type { Text } from './text.ts';

/**
 * State of every clause of a framework, in its order, from the findings of its checks. The first rule that holds wins:
 * a fail → not met; an unknown, or a check without a finding → not assessed; an excepted finding → accepted risk;
 * only not-applicable findings → not applicable, or not assessed when the clause has more than the checks cover;
 * a warning, partial coverage or a manual item → met in part; else met.
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
  const { outcome, reason } = decide(clause, findings, byCheck);
  return { framework, clause: clause.id, outcome, reason, findings: findings.map(({ id }) => id) };
}

interface Decision {
  readonly outcome: ClauseOutcome;
  readonly reason: Text;
}

function decide(
  clause: Clause,
  findings: readonly Finding[],
  byCheck: ReadonlyMap<string, readonly Finding[]>,
): Decision {
  const open = remainder(clause);
  if (clause.checks.length === 0) return { outcome: 'not_assessed', reason: open ?? noCheckYet };

  const failed = having(findings, ['fail']);
  if (failed.length > 0) return { outcome: 'not_met', reason: naming('fails', '未通过', failed) };

  const unknown = having(findings, ['error', 'stale', 'insufficient_data', 'manual']);
  if (unknown.length > 0) return { outcome: 'not_assessed', reason: naming('cannot be decided', '无法判定', unknown) };
  const silent = clause.checks.filter((check) => (byCheck.get(check) ?? []).length === 0);
  if (silent.length > 0) {
    return {
      outcome: 'not_assessed',
      reason: { en: `no finding of ${silent.join(', ')} in this run`, zh: `本次运行没有 ${silent.join('、')} 的结果` },
    };
  }

  const excepted = having(findings, ['excepted']);
  if (excepted.length > 0)
    return { outcome: 'accepted_risk', reason: naming('is excepted', '属于已批准的例外', excepted) };

  if (findings.every(({ outcome }) => outcome === 'not_applicable')) {
    if (open !== undefined) return { outcome: 'not_assessed', reason: join(nothingApplies, open) };
    return { outcome: 'not_applicable', reason: nothingApplies };
  }

  const warned = having(findings, ['warn']);
  if (warned.length > 0) {
    const reason = naming('is met only in part', '部分符合', warned);
    return { outcome: 'met_in_part', reason: open === undefined ? reason : join(reason, open) };
  }
  const passed = having(findings, ['pass']).length;
  const good: Text = { en: `all ${passed} applicable results pass`, zh: `适用的 ${passed} 项结果全部通过` };
  return open === undefined ? { outcome: 'met', reason: good } : { outcome: 'met_in_part', reason: join(good, open) };
}

const noCheckYet: Text = { en: 'no check covers it yet', zh: '尚无检查项覆盖' };
const nothingApplies: Text = { en: 'no check of it applies here', zh: '其检查项在此均不适用' };
const join = (first: Text, second: Text): Text => ({
  en: `${first.en}; ${second.en}`,
  zh: `${first.zh}；${second.zh}`,
});

const having = (findings: readonly Finding[], outcomes: readonly Outcome[]): readonly Finding[] =>
  findings.filter(({ outcome }) => outcomes.includes(outcome));

/** What no check settles: manual items, or the part of the clause beyond the checks. Undefined when nothing is left. */
function remainder(clause: Clause): Text | undefined {
  const manual = clause.manual.length;
  if (manual > 0) {
    const items = manual === 1 ? '1 item needs' : `${manual} items need`;
    const open: Text = { en: `${items} a person`, zh: `${manual} 项需人工确认` };
    return clause.checks.length === 0 ? join(noCheckYet, open) : open;
  }
  if (clause.coverage === 'full' || clause.checks.length === 0) return undefined;
  return { en: 'the checks cover part of it', zh: '检查项仅覆盖其中一部分' };
}

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
