import type { AnyCheck, Evidence } from './check.ts';
import type { FindingEvidence } from './finding.ts';
import { kindOfFact, type Subject, type SubjectKind } from './inventory/subjects.ts';
import type { ManifestFile } from './manifest.ts';
import type { Observation } from './probe.ts';
import { psqlCommand, shellCommand } from './psql-command.ts';
import type { Snapshot } from './snapshot.ts';

/** An observation a check needs and does not have. */
export interface Missing {
  readonly probe: string;
  readonly subject: string;
  readonly observation: Extract<Observation<unknown>, { readonly status: 'unavailable' }>;
}

/** One run, indexed for evaluation. An observation that was never made reads as unavailable. */
export interface RunFacts {
  /** Subjects of a kind in a cluster, as declared. */
  readonly subjects: (kind: SubjectKind, cluster: string) => readonly Subject[];
  /**
   * Subjects whose fact of this probe a check on `subject` sees: all of the cluster for a cluster, else itself or its
   * one neighbour. Empty when none is configured.
   */
  readonly holders: (probe: string, subject: Subject) => readonly Subject[];
  readonly observation: (probe: string, subject: string) => Observation<unknown>;
  /** Whether the run holds it, available or not. */
  readonly isOnFile: (probe: string, subject: string) => boolean;
  /** What is not there; a probe without a holder is missing on `subject` itself, `not_configured`. */
  readonly missing: (probes: readonly string[], subject: Subject) => readonly Missing[];
  /** Latest time among these observations; the end of the run when there are none. */
  readonly latest: (probes: readonly string[], subject: Subject) => string;
  /** Adds what makes evidence repeatable; throws when it points at nothing on file, which is a bug of the check. */
  readonly complete: (evidence: Evidence, check: AnyCheck, subject: Subject) => FindingEvidence;
}

export function indexRun(snapshot: Snapshot, manifestFiles: readonly ManifestFile[]): RunFacts {
  const observations = new Map(
    snapshot.observations.map((record) => [key(record.probe, record.subject), record.observation]),
  );
  const files = new Map(manifestFiles.map((file) => [key(file.probe ?? '', file.subject ?? ''), file]));
  const subjects = remembered(
    (kind: SubjectKind, cluster: string) => `${kind} ${cluster}`,
    (kind: SubjectKind, cluster: string): readonly Subject[] =>
      snapshot.subjects.filter((subject) => subject.kind === kind && subject.cluster === cluster),
  );
  const kindOf = remembered((probe: string) => probe, kindOfFact);

  const holdersOfKind = (kind: SubjectKind, subject: Subject): readonly Subject[] => {
    if (subject.kind === kind) return [subject];
    const all = subjects(kind, subject.cluster);
    if (subject.kind === 'cluster') return all;
    const member = memberOf(subject);
    const beside = all.filter((other) => memberOf(other) === member);
    // What belongs to no member, such as the monitoring, is everybody's neighbour as long as there is one only.
    return beside.length > 0 ? beside : all.length === 1 && all[0]?.member === undefined ? all : [];
  };
  const rememberedHolders = remembered((kind: SubjectKind, { id }: Subject) => `${kind} ${id}`, holdersOfKind);
  const holders = (probe: string, subject: Subject): readonly Subject[] => rememberedHolders(kindOf(probe), subject);

  const observation = (probe: string, subject: string): Observation<unknown> =>
    observations.get(key(probe, subject)) ?? {
      status: 'unavailable',
      at: snapshot.finishedAt,
      code: 'probe_failed',
      message: `run ${snapshot.runId} holds no observation ${probe} of ${subject}; run the audit again`,
    };

  return {
    subjects,
    holders,
    observation,
    isOnFile: (probe, subject) => observations.has(key(probe, subject)),
    missing: (probes, subject) =>
      probes.flatMap((probe) => {
        const found = holders(probe, subject);
        if (found.length === 0) return [notConfigured(probe, subject, snapshot.finishedAt)];
        return found.flatMap(({ id }) => {
          const seen = observation(probe, id);
          return seen.status === 'ok' ? [] : [{ probe, subject: id, observation: seen }];
        });
      }),
    latest(probes, subject) {
      const times = probes.flatMap((probe) => holders(probe, subject).map(({ id }) => observation(probe, id).at));
      return times.reduce((latest, at) => (at > latest ? at : latest), times[0] ?? snapshot.finishedAt);
    },
    complete(evidence, check, subject) {
      if (!check.needs.includes(evidence.fact))
        throw new Error(`evidence rests on ${evidence.fact}, which it does not need`);
      const among = holders(evidence.fact, subject);
      const holder =
        evidence.subject === undefined
          ? check.scope === 'cluster'
            ? undefined
            : among[0]
          : among.find(({ id }) => id === evidence.subject);
      if (holder === undefined) throw new Error(`evidence "${evidence.at}" names no subject of ${evidence.fact}`);
      const file = files.get(key(evidence.fact, holder.id));
      if (file === undefined) throw new Error(`evidence ${evidence.fact} of ${holder.id} is not on file`);
      const command =
        evidence.sql === undefined
          ? shellCommand(evidence.shell, holder)
          : psqlCommand(evidence.sql, holder.connect, evidence.database);
      return { ...evidence, subject: holder.id, command, file: file.path, sha256: file.sha256 };
    },
  };
}

/** A function whose answers are kept as long as it is: some three hundred checks ask the same of every subject. */
function remembered<A extends readonly unknown[], T>(nameOf: (...asked: A) => string, answer: (...asked: A) => T) {
  const known = new Map<string, T>();
  return (...asked: A): T => {
    const name = nameOf(...asked);
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = answer(...asked);
    known.set(name, value);
    return value;
  };
}

const memberOf = ({ id, kind, member }: Subject): string | undefined => (kind === 'instance' ? id : member);

/** Nobody was asked: the component is not part of what was declared or discovered. */
export const notConfigured = (
  probe: string,
  subject: Subject,
  at: string,
  kind: SubjectKind = kindOfFact(probe),
): Missing => ({
  probe,
  subject: subject.id,
  observation: {
    status: 'unavailable',
    at,
    code: 'not_configured',
    message: `${kind} of ${subject.id} is not configured; declare it, or name it under absent`,
  },
});

const key = (probe: string, subject: string): string => `${probe}/${subject}`;
