import { judgeAttestations } from './attest/judge.ts';
import type { AttestationUnit } from './attestation.ts';
import type { AnyCheck } from './check.ts';
import { evaluate } from './evaluate.ts';
import { evaluationFile } from './evidence/evaluation-file.ts';
import type { EvaluationConfig } from './evaluation.ts';
import type { Finding } from './finding.ts';
import type { ClauseResult, Framework } from './framework.ts';
import type { Manifest } from './manifest.ts';
import { attestationsOf, rollup } from './rollup.ts';
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
  readonly attestations: readonly AttestationUnit[];
}

/** evaluate, add what persons confirm, waive, roll up. Pure: a filed run gives again what the live run gave. */
export function assess(snapshot: Snapshot, manifest: Manifest, evaluation: EvaluationConfig, rules: Rules): Assessment {
  const { cluster, finishedAt: at } = snapshot;
  const known = [...rules.frameworks, ...(evaluation.ownFrameworks ?? [])];
  const frameworks = evaluation.frameworks.flatMap((id) => known.filter((framework) => framework.id === id));
  const judged = evaluate(rules.checks, snapshot, { params: evaluation.params, files: manifest.files });
  // Only what a framework of this run asks of a person is asked.
  const asked = new Set(frameworks.flatMap(({ clauses }) => clauses.flatMap(attestationsOf)));
  const filed = manifest.files.find(({ path }) => path === evaluationFile) ?? { path: evaluationFile, sha256: '' };
  const confirmed = judgeAttestations(
    rules.attestations.filter(({ id }) => asked.has(id)),
    evaluation.attestations?.observed ?? [],
    { cluster, at, filed, mustBeSigned: evaluation.attestations?.mustBeSigned ?? false },
  );
  const findings = applyWaivers([...judged, ...confirmed], evaluation.waivers, { at, cluster, filed });
  return { findings, frameworks, clauseResults: frameworks.flatMap((framework) => rollup(framework, findings)) };
}
