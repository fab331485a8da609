import type { Lab } from '@pgattest/lab';
import { cluster } from './cast.ts';
import { surprises, turnedSince } from './compare.ts';
import type { WeaknessRow } from './results.ts';
import type { WeakLab } from './weak-lab.ts';
import type { Weakness } from './weakness.ts';

/** Runs of the auditor for one weakness: what servers and Patroni report comes with their own loops. */
const mostRuns = 3;

/**
 * Introduces a weakness, looks at the touched host again, and audits until the verdicts are those that were expected, at
 * most three times; then heals. The run of the next weakness, for which the host is looked at again, shows that this one is
 * gone.
 */
export async function playWeakness(
  { lab, baseline, audit, dirty }: WeakLab,
  group: string,
  { id, sentence, on, introduce, expected }: Weakness,
): Promise<WeaknessRow> {
  const started = Date.now();
  // Hosts share processes and /etc: what was healed there is looked at before anything else is weak.
  await collectAgain(lab, dirty, (host) => host !== on);
  const heal = await introduce(lab);
  let found: readonly string[] = [];
  let runs = 0;
  try {
    if (on !== cluster) {
      await lab.collectFacts([on]);
      dirty.add(on);
    }
    do {
      runs += 1;
      found = surprises(turnedSince(baseline, await audit()), expected);
    } while (found.length > 0 && runs < mostRuns);
  } finally {
    await heal();
  }
  return { group, id, sentence, on, expected, surprises: found, runs, ms: Date.now() - started };
}

/** Looks again at hosts whose facts are of a time when something was weak. */
export async function collectAgain(
  lab: Pick<Lab, 'collectFacts'>,
  dirty: Set<string>,
  isAsked: (host: string) => boolean = () => true,
): Promise<void> {
  const hosts = [...dirty].filter(isAsked);
  if (hosts.length === 0) return;
  await lab.collectFacts(hosts);
  for (const host of hosts) dirty.delete(host);
}
