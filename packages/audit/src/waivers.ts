import type { RuleDescription } from './check.ts';
import type { Finding } from './finding.ts';
import type { ManifestFile } from './manifest.ts';
import { registerEvidence } from './register-evidence.ts';
import type { Text } from './text.ts';

/** An approved exception: the finding stays visible, its clause becomes an accepted risk at best. */
export interface Waiver {
  /** Ticket or register number, unique in the list. */
  readonly id: string;
  /** Check id, or a pattern of ids: `pg-log-*`. */
  readonly check: string;
  /** Subject id, or a pattern: `pg-demo-*`, `*` for every subject of the check. */
  readonly subject: string;
  /** Cluster name or pattern it is for; absent, it is for every cluster of the configuration. */
  readonly cluster?: string;
  readonly reason: string;
  readonly owner: string;
  /** Where its approval can be looked up: `CAB-2026-118`. */
  readonly approval?: string;
  /** Last day it is valid, `2027-03-31` (to the end of that day, UTC), or an ISO 8601 UTC instant. */
  readonly until: string;
}

/** Longest time ahead an exception may run before it counts as too broad. */
export const longestWaiverDays = 366;

/** What the engine itself says about the register of exceptions. */
export const waiverRules = [
  {
    id: 'waiver-expired',
    catalogue: [],
    title: { en: 'Exceptions are removed or renewed when they expire', zh: '例外到期后及时续批或删除' },
    severity: 'medium',
    rationale: {
      en: 'An exception past its date excuses nothing: the risk is no longer accepted by anyone.',
      zh: '例外过期后不再具有效力，对应风险已无人接受。',
    },
    remediation: {
      en: 'Fix what it excused, or have its owner approve a new date in the waivers list.',
      zh: '整改所豁免的问题，或由责任人重新审批并更新例外清单中的有效期。',
    },
    fix: [],
  },
  {
    id: 'waiver-unused',
    catalogue: [],
    title: { en: 'Every exception excuses a present finding', zh: '每条例外均对应现存问题' },
    severity: 'low',
    rationale: {
      en: 'An exception that excuses nothing today would silently excuse the problem when it comes back.',
      zh: '未命中任何问题的例外，会在问题再次出现时将其静默豁免。',
    },
    remediation: {
      en: 'Remove the exception, or correct its check, subject and cluster.',
      zh: '删除该例外，或更正其检查项、对象与集群。',
    },
    fix: [],
  },
  {
    id: 'waiver-too-broad',
    catalogue: [],
    title: { en: 'Exceptions are as narrow as the need', zh: '例外范围不超过实际需要' },
    severity: 'medium',
    rationale: {
      en: 'An exception wider than the problem also excuses what nobody looked at.',
      zh: '范围过宽的例外会连带豁免未经评估的问题。',
    },
    remediation: {
      en: `Name the checks and subjects that need it and a date at most ${longestWaiverDays} days ahead.`,
      zh: `逐一写明需要例外的检查项与对象，有效期不超过 ${longestWaiverDays} 天。`,
    },
    fix: [],
  },
  {
    id: 'waiver-unapproved',
    catalogue: [],
    title: { en: 'Every exception says where its approval is', zh: '每条例外均注明审批依据' },
    severity: 'low',
    rationale: {
      en: 'A risk is accepted by somebody who may accept it; without a reference nobody can look that up.',
      zh: '风险须由有权人员接受；没有审批依据则无从核实。',
    },
    remediation: {
      en: 'Add the key approval with the number of the decision.',
      zh: '在 approval 字段中注明审批编号。',
    },
    fix: [],
  },
] as const satisfies readonly RuleDescription[];

type WaiverRuleId = (typeof waiverRules)[number]['id'];

/** The run that exceptions are judged for. */
export interface WaivedRun {
  /** End of the run, ISO 8601 UTC: the only clock. */
  readonly at: string;
  /** Subject of the findings about exceptions. */
  readonly cluster: string;
  /** The file of the run that holds the exceptions. */
  readonly filed: Pick<ManifestFile, 'path' | 'sha256'>;
}

/**
 * Marks failing findings that a valid waiver covers as `excepted` (the raw outcome stays in `waived`), and adds
 * findings of its own for waivers that are expired, excuse nothing, or are wider than needed.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  run: WaivedRun,
): readonly Finding[] {
  const { at, cluster } = run;
  const here = waivers.filter((waiver) => isForCluster(waiver, cluster));
  const valid = here.filter((waiver) => !isExpired(waiver, at));
  const judged = findings.map((finding): Finding => {
    const { outcome } = finding;
    if (outcome !== 'fail' && outcome !== 'warn') return finding;
    const waiver = valid.find((candidate) => covers(candidate, finding));
    return waiver === undefined ? finding : { ...finding, outcome: 'excepted', waived: { outcome, waiver: waiver.id } };
  });
  return [...judged, ...here.flatMap((waiver) => waiverFindings(waiver, findings, run))];
}

/** Whether an exception is for this cluster. */
export const isForCluster = ({ cluster: pattern }: Waiver, cluster: string): boolean =>
  pattern === undefined || matches(pattern, cluster);

/** Whether an exception names the check and the subject of a finding, whatever its outcome and day. */
export const covers = (waiver: Waiver, finding: Pick<Finding, 'check' | 'subject'>): boolean =>
  matches(waiver.check, finding.check) && matches(waiver.subject, finding.subject);

/** Whether a name is the pattern, in which `*` stands for any characters. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at === -1 || at + part.length > name.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}

/**
 * End of validity in milliseconds since the epoch; a date without a time lasts to the end of that day. NaN when the
 * calendar has no such day: JavaScript would take 31 February for 3 March.
 */
export function endOfWaiver(until: string): number {
  const day = until.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN;
  return Date.parse(until === day ? `${day}T23:59:59.999Z` : until);
}

/** A date that cannot be read counts as expired: an unclear exception excuses nothing. */
const isExpired = (waiver: Waiver, at: string): boolean => !(Date.parse(at) <= endOfWaiver(waiver.until));

/** Each name once: `pg-test-1, pg-test-2`. */
const named = (list: readonly string[]): string => [...new Set(list)].join(', ');

function waiverFindings(waiver: Waiver, findings: readonly Finding[], run: WaivedRun): readonly Finding[] {
  const { at, cluster, filed } = run;
  const covered = findings.filter((finding) => covers(waiver, finding));
  const needing = covered.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn');
  const undecided = covered.filter(
    ({ outcome }) => outcome !== 'fail' && outcome !== 'warn' && outcome !== 'pass' && outcome !== 'not_applicable',
  );
  const say = (check: WaiverRuleId, outcome: 'fail' | 'warn', reason: Text): Finding => {
    const rule = waiverRules.find(({ id }) => id === check);
    const find = `.waivers[] | select(.id == ${JSON.stringify(waiver.id)})`;
    const expected = rule?.title ?? { en: check, zh: check };
    return {
      id: `${check}/${waiver.id}`,
      check,
      subject: cluster,
      severity: rule?.severity ?? 'medium',
      outcome,
      reason,
      evidence: [registerEvidence({ fact: 'exception', subject: cluster, find, entry: waiver, expected, filed })],
      params: { check: waiver.check, subject: waiver.subject, owner: waiver.owner, until: waiver.until },
      at,
    };
  };
  const name = `${waiver.id} (${waiver.check} @ ${waiver.subject})`;

  if (isExpired(waiver, at)) {
    return [
      say('waiver-expired', 'fail', {
        en: `exception ${name} of ${waiver.owner} ended ${waiver.until}`,
        zh: `例外 ${name}（责任人 ${waiver.owner}）已于 ${waiver.until} 到期`,
      }),
    ];
  }
  if (needing.length === 0) {
    // While a covered subject cannot be judged, nobody knows whether the exception is needed.
    if (undecided.length > 0) return [];
    return [
      say('waiver-unused', 'warn', {
        en: `exception ${name} matches ${covered.length === 0 ? 'no check of any subject' : 'no failing finding'}`,
        zh: `例外 ${name} ${covered.length === 0 ? '未匹配任何检查项和对象' : '未命中任何未通过的结果'}`,
      }),
    ];
  }
  const spared = covered.length - needing.length - undecided.length;
  const broad: Text[] = [];
  if (waiver.subject.includes('*') && spared > 0) {
    const needed = named(needing.map(({ subject }) => subject));
    broad.push({
      en: `it names ${waiver.subject === '*' ? 'every subject' : `the subjects ${waiver.subject}`} while only ${needed} needs it`,
      zh: `其对象为${waiver.subject === '*' ? '全部（*）' : ` ${waiver.subject}`}，实际仅 ${needed} 需要`,
    });
  }
  if (waiver.check === '*' || (waiver.check.includes('*') && spared > 0)) {
    const needed = named(needing.map(({ check }) => check));
    broad.push({
      en: `it names ${waiver.check === '*' ? 'every check' : `the checks ${waiver.check}`} while only ${needed} needs it`,
      zh: `其检查项为${waiver.check === '*' ? '全部（*）' : ` ${waiver.check}`}，实际仅 ${needed} 需要`,
    });
  }
  if (endOfWaiver(waiver.until) - Date.parse(at) > longestWaiverDays * 86_400_000) {
    broad.push({
      en: `it runs until ${waiver.until}, more than ${longestWaiverDays} days ahead`,
      zh: `其有效期至 ${waiver.until}，超过 ${longestWaiverDays} 天`,
    });
  }
  const unapproved =
    waiver.approval === undefined
      ? [
          say('waiver-unapproved', 'warn', {
            en: `exception ${name} of ${waiver.owner} names no approval`,
            zh: `例外 ${name}（责任人 ${waiver.owner}）未注明审批依据`,
          }),
        ]
      : [];
  if (broad.length === 0) return unapproved;
  return [
    ...unapproved,
    say('waiver-too-broad', 'warn', {
      en: `exception ${name} is wider than needed: ${broad.map(({ en }) => en).join('; ')}`,
      zh: `例外 ${name} 范围过宽：${broad.map(({ zh }) => zh).join('；')}`,
    }),
  ];
}
