import type { FindingEvidence, Report } from '@pgattest/audit';
import type { Lab } from '@pgattest/lab';
import { seededChance } from '../seeded-chance.ts';
import { findingsOf } from './audit-lab.ts';

/** A piece of evidence that did not print again what the report says. */
export interface Differing {
  readonly finding: string;
  readonly host: string;
  readonly command: string;
  readonly reported: string;
  readonly printed: string;
}

export interface Repeated {
  /** How many commands were run, by what they ask. */
  readonly counts: Readonly<Record<string, number>>;
  readonly differing: readonly Differing[];
}

interface Item {
  readonly finding: string;
  readonly evidence: FindingEvidence;
}

/**
 * Pastes the commands of a report into a shell where an assessor would: those about a host on that host, the others where
 * the auditor runs. `perKind` commands of each kind of object, chosen by the seed.
 */
export async function repeatFindings(
  lab: Lab,
  report: Report,
  { seed, perKind }: { readonly seed: number; readonly perKind: number },
): Promise<Repeated> {
  const chance = seededChance(seed);
  const counts: Record<string, number> = {};
  const differing: Differing[] = [];
  for (const [kind, items] of itemsByKind(report)) {
    const chosen = items
      .map((item) => ({ item, rank: chance() }))
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, perKind);
    counts[kind] = chosen.length;
    for (const { item } of chosen) {
      const { evidence, finding } = item;
      const { subject, command, actual } = evidence;
      const host = subject.endsWith('.node') ? subject.slice(0, -'.node'.length) : lab.topology.monitor.name;
      const { stdout, stderr } = await lab.exec(host, ['/bin/sh', '-c', command], { timeoutMs: 120_000 });
      const printed = stdout.replace(/\n$/u, '');
      if (printed !== actual) {
        differing.push({ finding, host, command, reported: actual, printed: `${printed}${stderr}` });
      }
    }
  }
  return { counts, differing };
}

/** Every command once, by the kind of object that it asks; backups are a kind of their own. */
function itemsByKind(report: Report): ReadonlyMap<string, readonly Item[]> {
  const kinds = new Map(report.scope.subjects.map(({ id, kind }) => [id, kind]));
  const seen = new Set<string>();
  const groups = new Map<string, Item[]>();
  for (const { id, evidence: all } of findingsOf(report).values()) {
    for (const evidence of all) {
      const kind = /^(?:node\.pgbackrest|records\.)/u.test(evidence.fact)
        ? 'backup'
        : (kinds.get(evidence.subject) ?? 'cluster');
      const key = `${evidence.subject} ${evidence.command}`;
      if (seen.has(key)) continue;
      seen.add(key);
      groups.set(kind, [...(groups.get(kind) ?? []), { finding: id, evidence }]);
    }
  }
  return groups;
}
