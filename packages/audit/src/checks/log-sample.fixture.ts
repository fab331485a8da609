import type { FactMap } from '../facts.ts';

type Sample = NonNullable<FactMap['node.log-sample']>;

/** A sample with ten complete records of each type, then as told. */
export const logSampleFact = (changes: Partial<Sample> = {}): Sample => ({
  path: '/pg/log/postgres/postgresql-Sat.csv',
  format: 'csvlog',
  bytes: 400_000,
  sha256: 'ab',
  records: 1000,
  events: (['login', 'login failure', 'DDL', 'grant', 'configuration reload'] as const).map((type) => ({
    type,
    count: 10,
    lacking: [],
  })),
  personalData: { 'identity number': 0, 'mobile number': 0, 'bank card': 0, 'e-mail address': 0 },
  ...changes,
});
