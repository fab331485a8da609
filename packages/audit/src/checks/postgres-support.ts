/**
 * Last day of support of each PostgreSQL major version, with where and when that was read: the second Thursday of November
 * in its sixth year; 12 got its last release a week later.
 */
export const postgresSupport: {
  readonly source: string;
  /** Day the dates were compared with the source, ISO 8601. */
  readonly asOf: string;
  /** Major version -> day of its final minor release, ISO 8601. */
  readonly finalRelease: Readonly<Record<number, string>>;
} = Object.freeze({
  source: 'https://www.postgresql.org/support/versioning/',
  asOf: '2026-09-30',
  finalRelease: Object.freeze({
    10: '2022-11-10',
    11: '2023-11-09',
    12: '2024-11-21',
    13: '2025-11-13',
    14: '2026-11-12',
    15: '2027-11-11',
    16: '2028-11-09',
    17: '2029-11-08',
    18: '2030-11-14',
  }),
});
