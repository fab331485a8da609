import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIdPattern } from '../../evidence/store.ts';
import { defineProbe } from '../../probe.ts';

/** Since when one role has had the same password, by the runs of this auditor. */
export interface PasswordAge {
  readonly name: string;
  readonly fingerprint: string;
  /** Time of the first run that saw it, ISO 8601 UTC. */
  readonly since: string;
}

export interface PasswordHistory {
  /** Where the runs before this one were looked for; null when evidence is not kept in a folder. */
  readonly folder: string | null;
  /** First run that saw fingerprints; null before there is one. */
  readonly begins: string | null;
  readonly roles: readonly PasswordAge[];
}

/** Runs looked back at for the last one that could see: each carries on what the one before it knew. */
const mostRuns = 50;

/** What the runs before this one know of the age of passwords: digests of verifiers and dates. */
export const recordsPasswordHistory = defineProbe({
  id: 'records.password-history',
  subject: 'records',
  title: 'Since when each role has had its password, by the fingerprints in the runs before this one',
  privilege: 'read access to the folder of evidence',
  grants: [],
  async collect({ cluster, evidenceDir }): Promise<PasswordHistory> {
    if (evidenceDir === undefined) return { folder: null, begins: null, roles: [] };
    const folder = join(evidenceDir, cluster);
    const runs = (await namesIn(folder)).filter((name) => runIdPattern.test(name)).toSorted();
    let seen: readonly PasswordAge[] | undefined;
    for (const run of runs.toReversed().slice(0, mostRuns)) {
      const before = await readValue(join(folder, run, 'records.password-history', `${cluster}.records.json`));
      const passwords = seen ?? (await fingerprintsIn(join(folder, run, 'pg.known-passwords')));
      if (passwords.length > 0) seen ??= passwords;
      if (before !== undefined && typeof before.value['begins'] === 'string') {
        return carriedOn(folder, before.value['begins'], agesIn(before.value['roles']), seen ?? []);
      }
    }
    return { folder, begins: seen?.[0]?.since ?? null, roles: seen ?? [] };
  },
});

/** What was known, with what has changed since; a role that is gone is forgotten. */
function carriedOn(
  folder: string,
  begins: string,
  known: readonly PasswordAge[],
  seen: readonly PasswordAge[],
): PasswordHistory {
  if (seen.length === 0) return { folder, begins, roles: known };
  const roles = seen.map(
    (age) => known.find(({ name, fingerprint }) => name === age.name && fingerprint === age.fingerprint) ?? age,
  );
  return { folder, begins, roles };
}

interface Filed {
  readonly at: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The value of an observation that was filed; undefined when there is none, or it could not look. */
async function readValue(file: string): Promise<Filed | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const document: unknown = JSON.parse(text);
  const observation = fieldsOf(fieldsOf(document)['observation']);
  const { status, at, value } = observation;
  return status === 'ok' && typeof at === 'string' ? { at, value: fieldsOf(value) } : undefined;
}

/** Fingerprints that the primary of a run showed. */
async function fingerprintsIn(folder: string): Promise<readonly PasswordAge[]> {
  for (const name of await namesIn(folder)) {
    const filed = await readValue(join(folder, name));
    if (filed === undefined || filed.value['isCopy'] !== false) continue;
    return listOf(filed.value['roles']).flatMap((role) => {
      const { name: roleName, fingerprint } = fieldsOf(role);
      return typeof roleName === 'string' && typeof fingerprint === 'string'
        ? [{ name: roleName, fingerprint, since: filed.at }]
        : [];
    });
  }
  return [];
}

const agesIn = (value: unknown): readonly PasswordAge[] =>
  listOf(value).flatMap((entry) => {
    const { name, fingerprint, since } = fieldsOf(entry);
    return typeof name === 'string' && typeof fingerprint === 'string' && typeof since === 'string'
      ? [{ name, fingerprint, since }]
      : [];
  });

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** No folder is an empty one: the first run of a cluster has none. */
const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  });
