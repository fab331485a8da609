import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { Diagnostic, DiagnosticCode, Place, Severity } from './diagnostic.ts';

type Role = 'primary' | 'replica';

/** One collector on one major version and role: the branches for it, none when nothing is collected there. */
export interface CoverageCell {
  readonly collector: string;
  readonly major: number;
  readonly role: Role;
  readonly branches: readonly string[];
}

/** PostgreSQL majors that are looked at. */
export const coveredMajors: readonly number[] = [10, 11, 12, 13, 14, 15, 16, 17, 18];

const roles: readonly Role[] = ['primary', 'replica'];
const oldest = 100_000;
const newest = 190_000;

/** A branch and the collector it belongs to. */
interface Unit {
  readonly collector: AnyCollector;
  readonly variant: Variant<string>;
  readonly since: number;
  readonly until: number;
}

/** For every PostgreSQL collector, major and role: which branches run there, requirements aside. Skipped ones are out. */
export function coverageOf(collectors: readonly AnyCollector[]): readonly CoverageCell[] {
  const byId = groupById(unitsOf(collectors).filter(({ collector }) => collector.source === 'postgres'));
  return [...byId].flatMap(([collector, units]) =>
    coveredMajors.flatMap((major) =>
      roles.map((role): CoverageCell => {
        const fitting = units.filter(
          (unit) => unit.since < (major + 1) * 10_000 && unit.until > major * 10_000 && fitsRole(unit, role),
        );
        return { collector, major, role, branches: fitting.map(({ variant }) => variant.branch) };
      }),
    ),
  );
}

/**
 * What is wrong between branches: two of one name that fit the same server, versions between two branches that none
 * is for, and metrics of two collectors with the same name.
 */
export function checkCoverage(
  collectors: readonly AnyCollector[],
  places: ReadonlyMap<string, Place>,
): readonly Diagnostic[] {
  const units = unitsOf(collectors);
  const say = (unit: Unit, severity: Severity, code: DiagnosticCode, message: string, remedy: string): Diagnostic => ({
    ...(places.get(unit.variant.branch) ?? { file: '', line: 1, column: 1 }),
    severity,
    code,
    key: unit.variant.branch,
    message,
    remedy,
  });
  return [...groupById(units).values()]
    .flatMap((same) => [...overlaps(same, say), ...gaps(same, say)])
    .concat(sharedFamilies(units, say));
}

type Say = (unit: Unit, severity: Severity, code: DiagnosticCode, message: string, remedy: string) => Diagnostic;

function unitsOf(collectors: readonly AnyCollector[]): readonly Unit[] {
  return collectors
    .filter(({ skippedByDefault }) => skippedByDefault !== true)
    .flatMap((collector) =>
      collector.variants.map((variant) => ({
        collector,
        variant,
        since: variant.since ?? 0,
        until: variant.until ?? Number.POSITIVE_INFINITY,
      })),
    )
    .filter(({ since, until }) => since < until);
}

function groupById(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const group = groups.get(unit.collector.id);
    if (group === undefined) groups.set(unit.collector.id, [unit]);
    else group.push(unit);
  }
  return groups;
}

function fitsRole({ variant }: Unit, role: Role): boolean {
  return variant.role === undefined || variant.role === role;
}

function overlaps(units: readonly Unit[], say: Say): readonly Diagnostic[] {
  return pairsOf(units)
    .filter(([a, b]) => canMeet(a, b) && sharedOf(a, b).length > 0)
    .map(([a, b]) => {
      const isGated = [a, b].some(({ collector }) => collector.predicates !== undefined);
      const where = `${a.variant.branch} and this branch both run on ${rangeOf(Math.max(a.since, b.since), Math.min(a.until, b.until))}`;
      const what = `both return ${a.collector.id}_${sharedOf(a, b)[0] ?? ''}`;
      const message = `${where} and ${what}${isGated ? ', unless their predicates exclude each other' : ''}`;
      const remedy = 'make min_version, max_version or tags exclude each other; of equal series the first one is kept';
      return say(b, isGated ? 'note' : 'warning', 'version-overlap', message, remedy);
    });
}

interface Gap {
  /** The branch before the gap. */
  readonly last: Unit;
  /** The branch after it; undefined when there is none. */
  readonly next: Unit | undefined;
}

/** Versions between two branches of a role. Before the first and after the last, a collector may well not exist. */
function gaps(units: readonly Unit[], say: Say): readonly Diagnostic[] {
  const byRole = roles.map((role) => ({ role, found: gapsOf(units.filter((unit) => fitsRole(unit, role))) }));
  const seen: Gap[] = [];
  return byRole.flatMap(({ found }) =>
    found.flatMap((gap) => {
      if (seen.some((other) => isSameGap(other, gap))) return [];
      seen.push(gap);
      const affected = byRole.filter((one) => one.found.some((other) => isSameGap(other, gap)));
      return [describeGap(gap, affected.map(({ role }) => role).join(' and '), say)];
    }),
  );
}

function gapsOf(units: readonly Unit[]): readonly Gap[] {
  const found: Gap[] = [];
  let last: Unit | undefined;
  const ours = units.filter(({ collector }) => collector.source === 'postgres');
  for (const unit of ours.toSorted((a, b) => a.since - b.since)) {
    if (last !== undefined && unit.since > last.until) found.push({ last, next: unit });
    if (last === undefined || unit.until > last.until) last = unit;
  }
  if (last !== undefined && last.until > oldest && last.until < newest) found.push({ last, next: undefined });
  return found;
}

function isSameGap(a: Gap, b: Gap): boolean {
  return a.last === b.last && a.next === b.next;
}

function describeGap({ last, next }: Gap, where: string, say: Say): Diagnostic {
  const { id } = last.collector;
  if (next === undefined) {
    const message = `${id} ends here: nothing runs on ${rangeOf(last.until, newest)} as ${where}`;
    return say(last, 'note', 'version-gap', message, 'add a branch for it, if these versions have the data');
  }
  const message = `no branch of ${id} runs on ${rangeOf(last.until, next.since)} as ${where}`;
  const remedy = `lower min_version here, or raise max_version of ${last.variant.branch}`;
  return say(next, 'warning', 'version-gap', message, remedy);
}

/** pg_exporter answers HTTP 500 when help or type differ, and for equal series. */
function sharedFamilies(units: readonly Unit[], say: Say): readonly Diagnostic[] {
  const owners = new Map<string, Unit>();
  const found: Diagnostic[] = [];
  for (const unit of units) {
    for (const key of valueKeys(unit)) {
      const family = `${unit.collector.id}_${key}`;
      const owner = owners.get(family);
      if (owner === undefined) owners.set(family, unit);
      else if (owner.collector.id !== unit.collector.id && canMeet(owner, unit)) {
        const message = `${family} is also a metric of ${owner.variant.branch} (${owner.collector.id})`;
        found.push(
          say(unit, 'warning', 'family-shared', message, 'rename one of them; pg_exporter fails the whole scrape'),
        );
      }
    }
  }
  return found;
}

/** Whether a server exists that both fit. Extensions and schemas of both may be there. */
function canMeet(a: Unit, b: Unit): boolean {
  const [one, two] = [a.collector, b.collector];
  return (
    one.source === two.source &&
    a.since < b.until &&
    b.since < a.until &&
    !differ(a.variant.role, b.variant.role) &&
    !differ(one.requires?.database, two.requires?.database) &&
    !differ(one.requires?.user, two.requires?.user) &&
    !excludes(one, two) &&
    !excludes(two, one)
  );
}

function differ(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && left !== right;
}

function excludes(has: AnyCollector, not: AnyCollector): boolean {
  return (has.requires?.tags ?? []).some((tag) => not.requires?.notTags?.includes(tag) === true);
}

function sharedOf(a: Unit, b: Unit): readonly string[] {
  const keys = new Set(valueKeys(b));
  return valueKeys(a).filter((key) => keys.has(key));
}

function valueKeys({ collector, variant }: Unit): readonly string[] {
  const omitted = new Set<string>(variant.omits);
  const keys = [...Object.keys(collector.metrics), ...Object.keys(collector.histograms ?? {})];
  const others = Object.entries(collector.o).flatMap(([key, other]) =>
    other === undefined || omitted.has(key) ? [] : [other.name.slice(collector.id.length + 1)],
  );
  return [...keys.filter((key) => !omitted.has(key)), ...others];
}

function pairsOf(units: readonly Unit[]): readonly (readonly [Unit, Unit])[] {
  return units.flatMap((a, index) => units.slice(index + 1).map((b) => [a, b] as const));
}

/** `versions 90600 to 99999`, `every version`. */
function rangeOf(since: number, until: number): string {
  if (since === 0 && until === Number.POSITIVE_INFINITY) return 'every version';
  if (until === Number.POSITIVE_INFINITY) return `versions from ${since}`;
  return since === 0 ? `versions below ${until}` : `versions ${since} to ${until - 1}`;
}
