import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { ServerFacts } from './facts.ts';

/** What configuration says about collectors, by id. */
export interface PlanPolicy {
  /** Switched on although the catalogue skips them by default. */
  readonly enabled: ReadonlySet<string>;
  /** Never run. */
  readonly disabled: ReadonlySet<string>;
  /** Words the operator gave this server. */
  readonly tags: ReadonlySet<string>;
}

/** One SQL that will run. */
export interface PlannedCollector {
  /** Unique in the plan: the collector's id, or the branch where an earlier one has that id. The `query` label. */
  readonly name: string;
  readonly collector: AnyCollector;
  readonly variant: Variant<string>;
}

/** Why a variant does not run: closed, because it is a metric label. */
export type SkipReason =
  | 'wrong_source'
  | 'disabled'
  | 'not_enabled'
  | 'once_per_instance'
  | 'server_too_old'
  | 'server_too_new'
  | 'wrong_role'
  | 'other_database'
  | 'other_user'
  | 'missing_tag'
  | 'unwanted_tag'
  | 'missing_extension'
  | 'missing_schema'
  | 'inventory_unknown'
  | 'other_variant';

/** One SQL that will not run, and why. */
export interface SkippedVariant {
  readonly collector: AnyCollector;
  readonly branch: string;
  readonly reason: SkipReason;
  /** The values that decided, for people. */
  readonly detail: string;
}

/** Every collector × variant of the catalogue is in exactly one of the two lists. */
export interface Plan {
  /** In execution order: fatal ones first, then by priority, then as listed. */
  readonly planned: readonly PlannedCollector[];
  readonly skipped: readonly SkippedVariant[];
}

interface Refusal {
  readonly reason: SkipReason;
  readonly detail: string;
}

/**
 * Decides what runs on a server. Deterministic: the same facts, collectors and policy give the same plan. Of several
 * fitting variants of a collector the first one listed wins; several collectors of one id all run. Collectors of another
 * source than `source` never do.
 */
export function plan(
  facts: ServerFacts,
  collectors: readonly AnyCollector[],
  policy: PlanPolicy,
  source: AnyCollector['source'] = 'postgres',
): Plan {
  const planned: PlannedCollector[] = [];
  const names = new Set<string>();
  const skipped: SkippedVariant[] = [];
  for (const collector of collectors.toSorted(byExecutionOrder)) {
    const refusal = refuseSource(collector, source) ?? refuseCollector(facts, collector, policy);
    let winner: string | undefined;
    for (const variant of collector.variants) {
      const why = refusal ?? refuseVariant(facts, variant) ?? refuseLater(winner);
      if (why === undefined) {
        winner = variant.branch;
        const name = names.has(collector.id) ? variant.branch : collector.id;
        names.add(name);
        planned.push({ name, collector, variant });
      } else {
        skipped.push({ collector, branch: variant.branch, ...why });
      }
    }
  }
  return { planned, skipped };
}

/** The most telling reason per collector that does not run at all: the variant for this server's version, if any. */
export function unplannedCollectors(result: Plan): readonly SkippedVariant[] {
  const running = new Set(result.planned.map(({ collector }) => collector.id));
  const best = new Map<string, SkippedVariant>();
  for (const skip of result.skipped) {
    if (running.has(skip.collector.id)) continue;
    const known = best.get(skip.collector.id);
    if (known === undefined || (isVersionReason(known.reason) && !isVersionReason(skip.reason))) {
      best.set(skip.collector.id, skip);
    }
  }
  return [...best.values()];
}

function isVersionReason(reason: SkipReason): boolean {
  return reason === 'server_too_old' || reason === 'server_too_new';
}

function byExecutionOrder(a: AnyCollector, b: AnyCollector): number {
  const fatal = Number(b.fatal ?? false) - Number(a.fatal ?? false);
  if (fatal !== 0) return fatal;
  // Equal ones keep the order they are written in: a file of users has priority 0 throughout.
  return a.priority - b.priority;
}

function refuseSource(collector: AnyCollector, source: AnyCollector['source']): Refusal | undefined {
  if (collector.source === source) return undefined;
  return { reason: 'wrong_source', detail: `reads ${collector.source}, this server is ${source}` };
}

function refuseCollector(facts: ServerFacts, collector: AnyCollector, policy: PlanPolicy): Refusal | undefined {
  if (policy.disabled.has(collector.id)) return { reason: 'disabled', detail: 'switched off by configuration' };
  if (collector.skippedByDefault === true && !policy.enabled.has(collector.id)) {
    return { reason: 'not_enabled', detail: 'off unless switched on by configuration' };
  }
  if (collector.scope === 'instance' && facts.isDiscovered) {
    return { reason: 'once_per_instance', detail: `runs on the given database only, not on ${facts.database}` };
  }
  return refuseConditions(facts, collector, policy) ?? refuseInventory(facts, collector);
}

function refuseConditions(facts: ServerFacts, { requires }: AnyCollector, policy: PlanPolicy): Refusal | undefined {
  if (requires?.database !== undefined && requires.database !== facts.database) {
    return { reason: 'other_database', detail: `for database ${requires.database}, this is ${facts.database}` };
  }
  if (requires?.user !== undefined && requires.user !== facts.currentUser) {
    return { reason: 'other_user', detail: `for role ${requires.user}, this session is ${facts.currentUser}` };
  }
  const missing = requires?.tags?.find((tag) => !policy.tags.has(tag));
  if (missing !== undefined) return { reason: 'missing_tag', detail: `needs --tag ${missing}` };
  const unwanted = requires?.notTags?.find((tag) => policy.tags.has(tag));
  if (unwanted !== undefined) return { reason: 'unwanted_tag', detail: `not with --tag ${unwanted}` };
  return undefined;
}

function refuseInventory(facts: ServerFacts, collector: AnyCollector): Refusal | undefined {
  const extensions = collector.requires?.extensions ?? [];
  const schemas = collector.requires?.schemas ?? [];
  if (extensions.length + schemas.length === 0) return undefined;
  if (facts.inventory === undefined) {
    return { reason: 'inventory_unknown', detail: `needs ${[...extensions, ...schemas].join(', ')}; catalogue unread` };
  }
  for (const name of extensions) {
    if (!facts.inventory.extensions.includes(name)) {
      return { reason: 'missing_extension', detail: `extension ${name} is not in database ${facts.database}` };
    }
  }
  for (const name of schemas) {
    if (!facts.inventory.schemas.includes(name)) {
      return { reason: 'missing_schema', detail: `schema ${name} is not in database ${facts.database}` };
    }
  }
  return undefined;
}

function refuseVariant(facts: ServerFacts, variant: Variant<string>): Refusal | undefined {
  if (variant.since !== undefined && facts.versionNum < variant.since) {
    return {
      reason: 'server_too_old',
      detail: `needs version ${variant.since} or later, server is ${facts.versionNum}`,
    };
  }
  if (variant.until !== undefined && facts.versionNum >= variant.until) {
    return { reason: 'server_too_new', detail: `needs version before ${variant.until}, server is ${facts.versionNum}` };
  }
  if (variant.role !== undefined && variant.role !== facts.role) {
    return { reason: 'wrong_role', detail: `for a ${variant.role}, server is a ${facts.role}` };
  }
  return undefined;
}

function refuseLater(winner: string | undefined): Refusal | undefined {
  return winner === undefined ? undefined : { reason: 'other_variant', detail: `${winner} fits and is listed first` };
}
