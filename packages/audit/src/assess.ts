import type { AnyCheck } from './check.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationConfig } from './evaluation.ts';
import type { Finding } from './finding.ts';
import type { ClauseResult, Framework } from './framework.ts';
import type { Manifest } from './manifest.ts';
import { rollup } from './rollup.ts';
import type { Snapshot } from './snapshot.ts';
import { applyWaivers } from './waivers.ts';

/** What a run amounts to: verdicts, and what they mean for each clause. */
export interface Assessment {
  readonly findings: readonly Finding[];
  readonly clauseResults: readonly ClauseResult[];
  /** The frameworks that were asked for, in that order. */
  readonly frameworks: readonly Framework[];
}

/** The rules of this version. */
export interface Rules {
  readonly checks: readonly AnyCheck[];
  readonly frameworks: readonly Framework[];
}

/** evaluate, waive, roll up. Pure: a filed run gives again what the live run gave. */
export function assess(snapshot: Snapshot, manifest: Manifest, evaluation: EvaluationConfig, rules: Rules): Assessment {
  const judged = evaluate(rules.checks, snapshot, { params: evaluation.params, files: manifest.files });
  const findings = applyWaivers(judged, evaluation.waivers, snapshot.finishedAt, snapshot.cluster);
  const frameworks = evaluation.frameworks.flatMap((id) => rules.frameworks.filter((framework) => framework.id === id));
  return { findings, frameworks, clauseResults: frameworks.flatMap((framework) => rollup(framework, findings)) };
}
