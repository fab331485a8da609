import { reconcile } from '../inventory/reconcile.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Scope, Stream, SubjectReport } from './model.ts';
import { observedSenders, observedServer } from './observed.ts';

/** States of a WAL sender that serves a standby; `backup` serves a copy being taken. */
const standbyStates: readonly string[] = ['streaming', 'catchup', 'startup'];

/** What was declared, what answered, and who receives WAL without having been declared. */
export function buildScope(snapshot: Snapshot): Scope {
  const subjects = snapshot.subjects.map((subject): SubjectReport => {
    const records = snapshot.observations.filter((record) => record.subject === subject.id);
    const ok = records.filter((record) => record.observation.status === 'ok').length;
    const server = observedServer(snapshot, subject.id);
    return {
      id: subject.id,
      kind: subject.kind,
      ...(subject.connect === undefined ? {} : { connect: subject.connect }),
      ...(server?.inRecovery === undefined ? {} : { role: server.inRecovery ? 'replica' : 'primary' }),
      ...(server?.version === undefined ? {} : { version: server.version }),
      ...(server?.systemIdentifier === undefined ? {} : { systemIdentifier: server.systemIdentifier }),
      observations: { ok, unavailable: records.length - ok },
    };
  });
  const instances = subjects.filter(({ kind }) => kind === 'instance');
  const names = new Set(instances.map(({ id }) => id));
  const streams = instances.flatMap(({ id }) =>
    observedSenders(snapshot, id)
      .filter(({ state }) => standbyStates.includes(state))
      .map((sender): Stream => ({
        from: id,
        to: sender.applicationName,
        declared: names.has(sender.applicationName),
        address: sender.clientAddress ?? 'local',
        state: sender.state,
        sync: sender.syncState,
      })),
  );
  return { subjects, streams, declared: instances.length, reconciliation: reconcile(snapshot) };
}
