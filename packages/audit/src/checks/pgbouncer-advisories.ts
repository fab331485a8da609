/** Flaws of PgBouncer and the first version without them. Versions as 12501 for 1.25.1. */
export const pgbouncerAdvisories: {
  readonly source: string;
  readonly asOf: string;
  readonly newest: number;
  readonly flaws: readonly {
    readonly id: string;
    readonly fixedIn: number;
    readonly isSevere: boolean;
    readonly what: string;
  }[];
} = Object.freeze({
  source: 'https://www.pgbouncer.org/changelog.html',
  asOf: '2026-05-08',
  newest: 12502,
  flaws: Object.freeze([
    { id: 'CVE-2021-3935', fixedIn: 11601, isSevere: true, what: 'statements injected before TLS client certificates' },
    { id: 'CVE-2025-2291', fixedIn: 12401, isSevere: true, what: 'auth_query lets expired passwords in' },
    { id: 'CVE-2025-12819', fixedIn: 12501, isSevere: true, what: 'SQL without a login through search_path' },
    { id: 'CVE-2026-6664', fixedIn: 12502, isSevere: true, what: 'crash without a login by a malformed SCRAM message' },
    { id: 'CVE-2026-6665', fixedIn: 12502, isSevere: false, what: 'see the release notes' },
    { id: 'CVE-2026-6666', fixedIn: 12502, isSevere: false, what: 'see the release notes' },
    { id: 'CVE-2026-6667', fixedIn: 12502, isSevere: false, what: 'stats_users may end clients' },
  ]),
});
