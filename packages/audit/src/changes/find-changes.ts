import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import { itemsOf, trackedFacts, type TrackedFact, type TrackedItems } from './tracked-items.ts';

/** One item that is not what it was. */
export interface ItemChange {
  readonly fact: TrackedFact;
  readonly subject: string;
  readonly item: string;
  /** Undefined: it was not there. */
  readonly before: string | undefined;
  /** Undefined: it is not there any more. */
  readonly after: string | undefined;
}

/** What is different, what could not be compared, and how much was. */
export interface Changes {
  readonly changes: readonly ItemChange[];
  /** Facts that the run before saw and this one did not: `pg.settings of pg-test-1`. */
  readonly unseen: readonly string[];
  readonly compared: number;
}

type Observed<Fact extends TrackedFact> = ReadonlyMap<string, Observation<FactMap[Fact]>>;
type Facts = { readonly [Fact in TrackedFact]: Observed<Fact> };
type Items = Readonly<Record<string, Readonly<Record<string, TrackedItems>>>>;

/** What changed since `before`. A subject that only one of the runs knows is no change of what it says. */
export function findChanges(before: Items, facts: Facts): Changes {
  const each = trackedFacts.map((fact) => compareFact(fact, before[fact] ?? {}, facts[fact]));
  return {
    changes: each.flatMap(({ changes }) => changes),
    unseen: each.flatMap(({ unseen }) => unseen),
    compared: each.reduce((sum, { compared }) => sum + compared, 0),
  };
}

function compareFact<Fact extends TrackedFact>(fact: Fact, before: Items[string], now: Observed<Fact>): Changes {
  const changes: ItemChange[] = [];
  const unseen: string[] = [];
  let compared = 0;
  for (const [subject, old] of Object.entries(before)) {
    const observation = now.get(subject);
    if (observation === undefined) continue;
    if (observation.status === 'unavailable') {
      unseen.push(`${fact} of ${subject}`);
      continue;
    }
    compared += 1;
    const items = itemsOf(fact, observation.value);
    for (const item of [...new Set([...Object.keys(old), ...Object.keys(items)])].toSorted()) {
      if (old[item] !== items[item]) changes.push({ fact, subject, item, before: old[item], after: items[item] });
    }
  }
  return { changes: fact === 'patroni.config' ? nameOnce(changes) : changes, unseen, compared };
}

/** The dynamic configuration is one and the same behind every member. */
const nameOnce = (changes: readonly ItemChange[]): readonly ItemChange[] =>
  changes.filter(
    ({ item, after }, index) => changes.findIndex((other) => other.item === item && other.after === after) === index,
  );
