import { deepFreeze } from './deep-freeze.ts';
import type { EvaluationConfig } from './evaluation.ts';
import type { UnavailableCode } from './probe.ts';
import type { ObservationRecord, Snapshot } from './snapshot.ts';

const at = '2026-11-21T20:33:20.000Z';

/** A run of cluster pg-test with these instances and observations. */
export function snapshotOf(instances: readonly string[], observations: readonly ObservationRecord[]): Snapshot {
  return deepFreeze({
    formatVersion: 1,
    runId: '20261121T203319Z-1a2b3c4d',
    cluster: 'pg-test',
    startedAt: '2026-11-21T20:33:19.000Z',
    finishedAt: '2026-11-21T20:33:30.000Z',
    tool: { name: 'pgattest', version: '0.1.0' },
    subjects: [
      { id: 'pg-test', kind: 'cluster', cluster: 'pg-test' },
      ...instances.map((id) => ({ id, kind: 'instance' as const, cluster: 'pg-test', connect: `host=${id}` })),
    ],
    observations,
  });
}

export const observed = (probe: string, subject: string, value: unknown, when = at): ObservationRecord => ({
  probe,
  subject,
  observation: { status: 'ok', at: when, value },
});

export const unavailable = (
  probe: string,
  subject: string,
  code: UnavailableCode,
  message: string,
): ObservationRecord => ({ probe, subject, observation: { status: 'unavailable', at, code, message } });

/** No override, no waiver, no framework. */
export const emptyEvaluation: EvaluationConfig = {
  formatVersion: 1,
  params: {},
  waivers: [],
  frameworks: [],
  languages: ['en', 'zh'],
  header: {},
};
