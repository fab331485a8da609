/** One change as whoever approves changes wrote it down. */
export interface ChangeRecord {
  /** Number of the ticket. */
  readonly id: string;
  readonly status: 'approved' | 'pending';
  /** Who approved it; empty while nobody has. */
  readonly approvedBy: string;
  /** When it may be made, ISO 8601. */
  readonly from: string;
  readonly until: string;
  /** Subjects it is about, `*` for any characters at the end: `pg-test-1`, `pg-test-*`. */
  readonly subjects: readonly string[];
  /** Facts that it changes; empty: any. */
  readonly facts: readonly string[];
}

/** What a change record has to cover. */
export interface Change {
  readonly subject: string;
  readonly fact: string;
  /** It happened after this and not after that, ISO 8601. */
  readonly after: string;
  readonly until: string;
}

/** Records whose subject, facts and time cover the change, approved ones first. */
export const recordsFor = (
  { subject, fact, after, until }: Change,
  records: readonly ChangeRecord[],
): readonly ChangeRecord[] =>
  records
    .filter(
      (record) =>
        record.subjects.some((pattern) => covers(pattern, subject)) &&
        (record.facts.length === 0 || record.facts.includes(fact)) &&
        Date.parse(record.from) <= Date.parse(until) &&
        Date.parse(record.until) >= Date.parse(after),
    )
    .toSorted((a, b) => Number(b.status === 'approved') - Number(a.status === 'approved'));

const covers = (pattern: string, subject: string): boolean =>
  pattern.endsWith('*') ? subject.startsWith(pattern.slice(0, -1)) : subject === pattern;
