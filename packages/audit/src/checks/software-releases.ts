/** One flaw, fixed in these releases. */
export interface Advisory {
  readonly id: string;
  /** CVSS base score of its record; undefined where that gives none, which is taken for severe. */
  readonly score: number | undefined;
  /** First release that has it; left out, every one before the fix does. */
  readonly since?: string;
  /** Series -> first release with the fix. A series without an entry, below the highest one, has no fix. */
  readonly fixedIn: Readonly<Record<string, string>>;
}

/** What was known of a program's releases on a day. */
export interface Releases {
  /** Where the newest releases were read; advisories are the records of https://github.com/CVEProject/cvelistV5. */
  readonly source: string;
  /** Newest day that the source tells of, ISO 8601. */
  readonly asOf: string;
  /** Newest release of each series that gets fixes: at least this, where the source is older than today. */
  readonly newest: Readonly<Record<string, string>>;
  /** A day on which these series got a release whose number the source does not tell. */
  readonly unlisted?: { readonly releasedAt: string; readonly series: readonly string[] };
  readonly advisories: readonly Advisory[];
}

/** Known releases and flaws of PostgreSQL and of the components around it. */
export const softwareReleases: {
  readonly postgresql: Releases;
  readonly components: Readonly<Record<string, Releases>>;
} = Object.freeze({
  postgresql: {
    // 15.20 is Debian's update of 2026-11-13; on that day's schedule every supported series got a release.
    source: 'https://www.postgresql.org/support/security/',
    asOf: '2026-11-13',
    newest: { '14': '14.24', '15': '15.20', '16': '16.15', '17': '17.11', '18': '18.6' },
    unlisted: { releasedAt: '2026-11-12', series: ['14', '16', '17', '18'] },
    advisories: [
      {
        id: 'CVE-2026-16239',
        score: 8.8,
        fixedIn: { '14': '14.24', '15': '15.19', '16': '16.15', '17': '17.11', '18': '18.6' },
      },
      {
        id: 'CVE-2026-6473',
        score: 8.8,
        fixedIn: { '14': '14.23', '15': '15.18', '16': '16.14', '17': '17.10', '18': '18.4' },
      },
      {
        id: 'CVE-2026-2005',
        score: 8.8,
        fixedIn: { '14': '14.21', '15': '15.16', '16': '16.12', '17': '17.8', '18': '18.2' },
      },
      {
        id: 'CVE-2025-8714',
        score: 8.8,
        fixedIn: { '13': '13.22', '14': '14.19', '15': '15.14', '16': '16.10', '17': '17.6' },
      },
      {
        id: 'CVE-2025-1094',
        score: 8.1,
        fixedIn: { '13': '13.19', '14': '14.16', '15': '15.11', '16': '16.7', '17': '17.3' },
      },
      {
        id: 'CVE-2024-10979',
        score: 8.8,
        fixedIn: { '12': '12.21', '13': '13.17', '14': '14.14', '15': '15.9', '16': '16.5', '17': '17.1' },
      },
    ],
  },
  components: {
    pgbouncer: {
      source: 'https://www.pgbouncer.org/changelog.html',
      asOf: '2026-10-14',
      newest: { '1': '1.26.1' },
      advisories: [
        { id: 'CVE-2026-107350', score: undefined, since: '1.17.0', fixedIn: { '1': '1.26.1' } },
        { id: 'CVE-2026-107349', score: undefined, since: '1.20.0', fixedIn: { '1': '1.26.1' } },
        { id: 'CVE-2026-107348', score: undefined, since: '1.21.0', fixedIn: { '1': '1.26.1' } },
        { id: 'CVE-2026-6668', score: 7.5, fixedIn: { '1': '1.26.0' } },
        { id: 'CVE-2026-6665', score: 8.1, fixedIn: { '1': '1.25.2' } },
        { id: 'CVE-2026-6664', score: 7.5, fixedIn: { '1': '1.25.2' } },
        { id: 'CVE-2026-6666', score: 5.9, fixedIn: { '1': '1.25.2' } },
        { id: 'CVE-2026-6667', score: 4.3, fixedIn: { '1': '1.25.2' } },
        { id: 'CVE-2025-12819', score: 7.5, fixedIn: { '1': '1.25.1' } },
        { id: 'CVE-2025-2291', score: 8.1, fixedIn: { '1': '1.24.1' } },
        { id: 'CVE-2021-3935', score: undefined, fixedIn: { '1': '1.16.1' } },
      ],
    },
    etcd: {
      source: 'https://proxy.golang.org/go.etcd.io/etcd/server/v3/@v/list',
      asOf: '2026-11-22',
      newest: { '3.5': '3.5.35', '3.6': '3.6.16', '3.7': '3.7.3' },
      advisories: [
        { id: 'CVE-2026-33413', score: 8.8, fixedIn: { '3.4': '3.4.42', '3.5': '3.5.28', '3.6': '3.6.9' } },
        { id: 'CVE-2026-73499', score: 7.1, fixedIn: { '3.5': '3.5.33', '3.6': '3.6.14', '3.7': '3.7.1' } },
        { id: 'CVE-2023-32082', score: 3.1, fixedIn: { '3.4': '3.4.26', '3.5': '3.5.9' } },
      ],
    },
    haproxy: {
      // The releases that distributions took for CVE-2026-55203; what 3.3 and 3.4 have is not known.
      source: 'https://osv.dev/vulnerability/CGA-5h79-5qgp-qj9v',
      asOf: '2026-07-06',
      newest: { '2.6': '2.6.31', '2.8': '2.8.26', '3.0': '3.0.24', '3.2': '3.2.20' },
      advisories: [
        {
          id: 'CVE-2023-25725',
          score: 9.1,
          fixedIn: {
            '2.0': '2.0.31',
            '2.2': '2.2.29',
            '2.4': '2.4.22',
            '2.5': '2.5.12',
            '2.6': '2.6.9',
            '2.7': '2.7.3',
          },
        },
        {
          id: 'CVE-2023-40225',
          score: 7.2,
          fixedIn: {
            '2.0': '2.0.33',
            '2.2': '2.2.31',
            '2.4': '2.4.24',
            '2.6': '2.6.15',
            '2.7': '2.7.10',
            '2.8': '2.8.2',
          },
        },
      ],
    },
    patroni: {
      source: 'https://pypi.org/project/patroni/#history',
      asOf: '2026-11-22',
      newest: { '3.3': '3.3.11', '4.0': '4.0.11', '4.1': '4.1.5' },
      advisories: [],
    },
    pgbackrest: {
      source: 'https://pgbackrest.org/release.html',
      asOf: '2026-08-20',
      newest: { '2': '2.59.1' },
      advisories: [],
    },
  },
});
