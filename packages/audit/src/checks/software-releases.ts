/** One flaw, fixed in these releases. */
export interface Advisory {
  readonly id: string;
  /** CVSS base score as the project published it. */
  readonly score: number;
  /** Series -> first release with the fix. A series without an entry, below the lowest one, has no fix. */
  readonly fixedIn: Readonly<Record<string, string>>;
}

/** What was known of a program's releases on a day. */
export interface Releases {
  readonly source: string;
  /** Newest release of each series that still gets fixes. */
  readonly newest: Readonly<Record<string, string>>;
  readonly advisories: readonly Advisory[];
}

const high = 8.8;

/** Known releases and flaws, by component; `asOf` is the day they were compared with their sources. */
export const softwareReleases: {
  readonly asOf: string;
  readonly postgresql: Releases;
  readonly components: Readonly<Record<string, Releases>>;
} = Object.freeze({
  asOf: '2026-11-22',
  postgresql: {
    source: 'https://www.postgresql.org/support/security/',
    newest: { '14': '14.24', '15': '15.20', '16': '16.15', '17': '17.11', '18': '18.6' },
    advisories: [
      {
        id: 'CVE-2026-16239',
        score: high,
        fixedIn: { '14': '14.24', '15': '15.19', '16': '16.15', '17': '17.11', '18': '18.6' },
      },
      {
        id: 'CVE-2026-6473',
        score: high,
        fixedIn: { '14': '14.23', '15': '15.18', '16': '16.14', '17': '17.10', '18': '18.4' },
      },
      {
        id: 'CVE-2026-2005',
        score: high,
        fixedIn: { '14': '14.21', '15': '15.16', '16': '16.12', '17': '17.8', '18': '18.2' },
      },
      {
        id: 'CVE-2025-8714',
        score: high,
        fixedIn: { '13': '13.22', '14': '14.19', '15': '15.14', '16': '16.10', '17': '17.6' },
      },
      {
        id: 'CVE-2025-1094',
        score: 8.1,
        fixedIn: { '13': '13.19', '14': '14.16', '15': '15.11', '16': '16.7', '17': '17.3' },
      },
      {
        id: 'CVE-2024-10979',
        score: high,
        fixedIn: { '12': '12.21', '13': '13.17', '14': '14.14', '15': '15.9', '16': '16.5', '17': '17.1' },
      },
    ],
  },
  components: {
    pgbouncer: {
      source: 'https://www.pgbouncer.org/changelog.html',
      newest: { '1': '1.25.2' },
      advisories: [
        { id: 'CVE-2026-6664', score: 7.5, fixedIn: { '1': '1.25.2' } },
        { id: 'CVE-2025-12819', score: 7.5, fixedIn: { '1': '1.25.1' } },
        { id: 'CVE-2025-2291', score: 8.1, fixedIn: { '1': '1.24.1' } },
        { id: 'CVE-2021-3935', score: 8.1, fixedIn: { '1': '1.16.1' } },
      ],
    },
    etcd: {
      source: 'https://github.com/etcd-io/etcd/security/advisories',
      newest: { '3.5': '3.5.33', '3.6': '3.6.15' },
      advisories: [
        { id: 'CVE-2021-28235', score: 9.8, fixedIn: { '3.4': '3.4.25', '3.5': '3.5.8' } },
        { id: 'CVE-2023-32082', score: 3.1, fixedIn: { '3.4': '3.4.26', '3.5': '3.5.9' } },
      ],
    },
    haproxy: {
      source: 'https://www.haproxy.org/security/',
      newest: { '2.8': '2.8.26', '3.0': '3.0.24', '3.2': '3.2.20' },
      advisories: [
        {
          id: 'CVE-2023-25725',
          score: 9.1,
          fixedIn: { '2.2': '2.2.29', '2.4': '2.4.22', '2.5': '2.5.12', '2.6': '2.6.9', '2.7': '2.7.3' },
        },
        {
          id: 'CVE-2023-40225',
          score: 7.2,
          fixedIn: { '2.2': '2.2.31', '2.4': '2.4.24', '2.6': '2.6.15', '2.7': '2.7.10', '2.8': '2.8.2' },
        },
      ],
    },
    patroni: {
      source: 'https://patroni.readthedocs.io/en/latest/releases.html',
      newest: { '4': '4.1.0' },
      advisories: [],
    },
    pgbackrest: { source: 'https://pgbackrest.org/release.html', newest: { '2': '2.59.1' }, advisories: [] },
  },
});
