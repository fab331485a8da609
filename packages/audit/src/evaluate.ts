import type { AnyCheck, Verdict } from './check.ts';
import type { Finding, FindingEvidence, Undecided } from './finding.ts';
import { kindOfFact, type ComponentKind, type Subject, type SubjectKind } from './inventory/subjects.ts';
import type { ManifestFile } from './manifest.ts';
import { indexRun, notConfigured, type Missing, type RunFacts } from './run-facts.ts';
import type { Snapshot } from './snapshot.ts';
import type { Text } from './text.ts';

/** What evaluation needs beside the snapshot: overridden parameters, and where each observation is filed. */
export interface EvaluateOptions {
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly files: readonly ManifestFile[];
}

/**
 * Judges every check on every subject of its scope. Pure: the same snapshot gives the same findings, years later.
 * Order: checks as listed, then subjects as declared. A fact that is not there gives `error`, never a better outcome.
 */
export function evaluate(
  checks: readonly AnyCheck[],
  snapshot: Snapshot,
  options: EvaluateOptions,
): readonly Finding[] {
  const run = indexRun(snapshot, options.files);
  return checks.flatMap((check) => {
    const params = Object.freeze({ ...check.params, ...options.params[check.id] });
    const subjects = snapshot.subjects.filter((subject) => subject.kind === check.scope);
    if (subjects.length > 0) return subjects.map((subject) => judge(check, subject, params, run));
    const clusters = snapshot.subjects.filter(({ kind }) => kind === 'cluster');
    return clusters.map((cluster) => judge(check, cluster, params, run));
  });
}

type Params = Readonly<Record<string, unknown>>;

/** Judges one subject; or the cluster, of a check whose kind of subject it does not have. */
function judge(check: AnyCheck, subject: Subject, params: Params, run: RunFacts): Finding {
  const required = requiredOf(check);
  const missing = run.missing(required, subject);
  const at = run.latest(required, subject);
  const base = { id: `${check.id}/${subject.id}`, check: check.id, subject: subject.id, severity: check.severity };
  const error = (reason: Text, undecided: Undecided, evidence: readonly FindingEvidence[] = []): Finding => ({
    ...base,
    outcome: 'error',
    reason,
    evidence,
    undecided,
    params,
    at,
  });

  const absent = findAbsent(check, subject, run);
  if (absent !== undefined) {
    return { ...base, outcome: 'not_applicable', reason: absentReason(absent, subject), evidence: [], params, at };
  }
  const elsewhere = findElsewhere(required, subject, run);
  if (elsewhere !== undefined) {
    return {
      ...base,
      outcome: 'not_applicable',
      reason: elsewhereReason(elsewhere, subject),
      evidence: [],
      params,
      at,
    };
  }
  const first = missing[0];
  if (check.scope !== 'cluster' && check.scope !== subject.kind) {
    const own = check.needs.find((probe) => kindOfFact(probe) === check.scope);
    const none = notConfigured(own ?? check.needs[0] ?? check.scope, subject, at, check.scope);
    return error(missingReason([none]), missingCode(none));
  }
  const partialIsEnough =
    check.scope === 'cluster' &&
    check.members === 'partial' &&
    required.every((probe) => run.missing([probe], subject).length < run.holders(probe, subject).length);
  if (first !== undefined && !partialIsEnough) return error(missingReason(missing), missingCode(first));

  try {
    const verdict = decide(check, subject, params, at, run);
    const evidence = verdict.evidence.map((item) => run.complete(item, check, subject));
    if (verdict.outcome === 'undecided') {
      const undecided: Undecided = first === undefined ? factsIncomplete(subject, verdict.reason) : missingCode(first);
      return error(verdict.reason, undecided, evidence);
    }
    if (verdict.outcome === 'pass' && evidence.length === 0) throw new Error('it passed without naming any evidence');
    return { ...base, outcome: verdict.outcome, reason: verdict.reason, evidence, params, at };
  } catch (cause) {
    const message = `check ${check.id} failed on ${subject.id}: ${cause instanceof Error ? cause.message : String(cause)}`;
    return error(
      {
        en: `cannot be decided: ${message}`,
        zh: `无法判定：检查项 ${check.id} 在 ${subject.id} 上执行出错（${message}）`,
      },
      { probe: undefined, subject: subject.id, code: 'check_failed', message },
    );
  }
}

function decide(check: AnyCheck, subject: Subject, params: Params, at: string, run: RunFacts): Verdict {
  const facts = Object.fromEntries(
    check.needs.map((probe) => {
      const holders = run.holders(probe, subject);
      if (check.scope === 'cluster') {
        const seen = isOptional(check, probe) ? holders.filter(({ id }) => run.isOnFile(probe, id)) : holders;
        return [probe, new Map(seen.map(({ id }) => [id, run.observation(probe, id)]))];
      }
      const [holder] = holders;
      const observation = holder === undefined ? undefined : run.observation(probe, holder.id);
      return [probe, observation?.status === 'ok' ? observation.value : undefined];
    }),
  );
  const context = { subject: subject.id, cluster: subject.cluster, at, elsewhere: kindsElsewhere(subject, run) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- AnyCheck forgets which facts; `needs` named them
  return check.evaluate(facts as never, params as never, context);
}

const isOptional = (check: AnyCheck, probe: string): boolean =>
  'optional' in check && check.optional.some((fact) => fact === probe);

const requiredOf = (check: AnyCheck): AnyCheck['needs'] => check.needs.filter((probe) => !isOptional(check, probe));

/** A component that the check is about or rests on and that the configuration says this cluster does not have. */
const findAbsent = (check: AnyCheck, subject: Subject, run: RunFacts): ComponentKind | undefined => {
  const absent = run.subjects('cluster', subject.cluster)[0]?.absent ?? [];
  return [check.scope, ...requiredOf(check).map(kindOfFact)].flatMap((kind) =>
    kind !== 'cluster' && absent.includes(kind) ? [kind] : [],
  )[0];
};

const absentReason = (kind: ComponentKind, { cluster }: Subject): Text => ({
  en: `does not apply: the configuration says that ${cluster} has no ${kind}`,
  zh: `不适用：配置声明集群 ${cluster} 不包含 ${kind} 组件`,
});

/** Kinds that are on a host or not; whether a host was looked at is another matter. */
const onHosts: readonly SubjectKind[] = ['instance', 'patroni', 'etcd', 'haproxy', 'pgbouncer'];

/** A component that the check rests on, that the cluster has on other hosts, and that is not on this one. */
const findElsewhere = (needs: AnyCheck['needs'], subject: Subject, run: RunFacts): SubjectKind | undefined =>
  subject.member === undefined && subject.kind !== 'instance'
    ? undefined
    : needs
        .filter((probe) => run.holders(probe, subject).length === 0)
        .map(kindOfFact)
        .find((kind) => onHosts.includes(kind) && run.subjects(kind, subject.cluster).length > 0);

/** Kinds that the cluster has on hosts, and none of which stands on the host of this subject. */
const kindsElsewhere = (subject: Subject, run: RunFacts): readonly SubjectKind[] =>
  subject.member === undefined
    ? []
    : onHosts.filter((kind) => {
        const all = run.subjects(kind, subject.cluster);
        return all.length > 0 && all.every(({ id, member = id }) => member !== subject.member);
      });

const elsewhereReason = (kind: SubjectKind, { id, member = id }: Subject): Text => ({
  en: `does not apply: there is no ${kind} on ${member}`,
  zh: `不适用：主机 ${member} 上没有 ${kind} 组件`,
});

const factsIncomplete = (subject: Subject, reason: Text): Undecided => ({
  probe: undefined,
  subject: subject.id,
  code: 'facts_incomplete',
  message: reason.en,
});

const missingCode = ({ probe, subject, observation }: Missing): Undecided => ({
  probe,
  subject,
  code: observation.code,
  message: observation.message,
});

function missingReason(missing: readonly Missing[]): Text {
  const list = missing.map(({ probe, subject, observation }) => `${probe} @ ${subject}: ${observation.code}`);
  const shown = list.length > 4 ? [...list.slice(0, 4), `… +${list.length - 4}`] : list;
  const detail = missing[0]?.observation.message ?? '';
  return {
    en: `cannot be decided, evidence is missing (${shown.join('; ')}): ${detail}`,
    zh: `无法判定，缺少证据（${shown.join('；')}）：${detail}`,
  };
}
