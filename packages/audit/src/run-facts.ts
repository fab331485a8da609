import type { AnyCheck, Evidence } from './check.ts';
import type { FindingEvidence } from './finding.ts';
import type { Subject } from './inventory/subjects.ts';
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
  readonly members: (cluster: string) => readonly Subject[];
  readonly observation: (probe: string, subject: string) => Observation<unknown>;
  readonly missing: (probes: readonly string[], members: readonly Subject[]) => readonly Missing[];
  /** Latest time among these observations; the end of the run when there are none. */
  readonly latest: (probes: readonly string[], members: readonly Subject[]) => string;
  /** Adds what makes evidence repeatable; throws when it points at nothing on file, which is a bug of the check. */
  readonly complete: (evidence: Evidence, check: AnyCheck, subject: Subject) => FindingEvidence;
}

export function indexRun(snapshot: Snapshot, manifestFiles: readonly ManifestFile[]): RunFacts {
  const instances = snapshot.subjects.filter((subject) => subject.kind === 'instance');
  const observations = new Map(
    snapshot.observations.map((record) => [key(record.probe, record.subject), record.observation]),
  );
  const files = new Map(manifestFiles.map((file) => [key(file.probe ?? '', file.subject ?? ''), file]));

  const observation = (probe: string, subject: string): Observation<unknown> =>
    observations.get(key(probe, subject)) ?? {
      status: 'unavailable',
      at: snapshot.finishedAt,
      code: 'probe_failed',
      message: `run ${snapshot.runId} holds no observation ${probe} of ${subject}; run the audit again`,
    };

  return {
    observation,
    members: (cluster) => instances.filter((instance) => instance.cluster === cluster),
    missing: (probes, members) =>
      probes.flatMap((probe) =>
        members.flatMap(({ id }) => {
          const found = observation(probe, id);
          return found.status === 'ok' ? [] : [{ probe, subject: id, observation: found }];
        }),
      ),
    latest(probes, members) {
      const times = probes.flatMap((probe) => members.map(({ id }) => observation(probe, id).at));
      return times.reduce((latest, at) => (at > latest ? at : latest), times[0] ?? snapshot.finishedAt);
    },
    complete(evidence, check, subject) {
      const instance = instances.find(({ id }) => id === (evidence.subject ?? subject.id));
      if (instance === undefined) throw new Error(`evidence "${evidence.at}" names no instance`);
      if (!check.needs.includes(evidence.fact))
        throw new Error(`evidence rests on ${evidence.fact}, which it does not need`);
      const file = files.get(key(evidence.fact, instance.id));
      if (file === undefined) throw new Error(`evidence ${evidence.fact} of ${instance.id} is not on file`);
      const command =
        evidence.sql === undefined
          ? shellCommand(evidence.shell, instance.connect)
          : psqlCommand(evidence.sql, instance.connect, evidence.database);
      return { ...evidence, subject: instance.id, command, file: file.path, sha256: file.sha256 };
    },
  };
}

const key = (probe: string, subject: string): string => `${probe}/${subject}`;
