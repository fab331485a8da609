import type { ExpectedVerdict } from './weakness.ts';

/** Who is who in the lab of this suite: nobody fails over in it. */
export const primary = 'pg-test-1';
export const replica = 'pg-test-2';
export const offline = 'pg-test-3';
export const members = [primary, replica, offline] as const;
export const monitor = 'mon';
export const cluster = 'pg-test';
/** Changes that are approved, below the directory of the lab. */
export const changesFile = 'mon/auditor/changes.yml';
/** The network of the lab, as rules name it. */
export const network = '198.51.100.0/24';

type Verdicts = Readonly<Record<string, ExpectedVerdict['state']>>;

/** Checks that turn on one subject. */
export const onSubject = (subject: string, verdicts: Verdicts): readonly ExpectedVerdict[] =>
  Object.entries(verdicts).map(([check, state]) => ({ check, subject, state }));

/** Checks that turn on the cluster as a whole. */
export const onCluster = (verdicts: Verdicts): readonly ExpectedVerdict[] => onSubject(cluster, verdicts);

/** Checks that turn on every member: roles, databases and Patroni's dynamic configuration are the same everywhere. */
export const onMembers = (verdicts: Verdicts): readonly ExpectedVerdict[] =>
  members.flatMap((member) => onSubject(member, verdicts));
