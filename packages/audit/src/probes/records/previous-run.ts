import { isTracked, itemsOf, trackedFacts, type TrackedItems } from '../../changes/tracked-items.ts';
import { defineProbe } from '../../probe.ts';

export interface PreviousRunFact {
  readonly runId: string;
  /** ISO 8601 UTC. */
  readonly finishedAt: string;
  /** Digest of its manifest. */
  readonly digest: string;
  /** Fact -> subject -> item -> value: what that run saw of what is tracked. */
  readonly items: Readonly<Record<string, Readonly<Record<string, TrackedItems>>>>;
}

/** What the run before this one saw of configuration, rights and software; null on the first run. */
export const recordsPreviousRun = defineProbe({
  id: 'records.previous-run',
  subject: 'records',
  title: 'Configuration, rights and software as the run before this one saw them',
  privilege: 'read access to the store of evidence',
  grants: [],
  async collect({ auditor }): Promise<PreviousRunFact | null> {
    const last = await auditor?.previousRun();
    if (last === undefined) return null;
    const { snapshot, manifest } = last;
    return {
      runId: snapshot.runId,
      finishedAt: snapshot.finishedAt,
      digest: manifest.digest,
      items: Object.fromEntries(
        trackedFacts.map((fact) => [
          fact,
          Object.fromEntries(
            snapshot.observations.flatMap(({ probe, subject, observation }) =>
              probe === fact && isTracked(probe) && observation.status === 'ok'
                ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file of that probe holds its value
                  [[subject, itemsOf(fact, observation.value as never)] as const]
                : [],
            ),
          ),
        ]),
      ),
    };
  },
});
