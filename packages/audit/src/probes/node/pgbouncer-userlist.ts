import { createHash } from 'node:crypto';
import { parseUserlist, scramIterations, verifierKind, type UserlistEntry, type VerifierKind } from '@pgattest/connect';
import type { FileFacts } from '../../node/access.ts';
import { findPublishedPassword } from '../../node/published-passwords.ts';
import { defineProbe } from '../../probe.ts';
import { namedFile } from './pgbouncer-files.ts';

/** A user of the list. The verifier stays on the host. */
export interface UserlistUser {
  readonly line: number;
  readonly user: string;
  readonly method: VerifierKind;
  /** Of a SCRAM verifier. */
  readonly iterations: number | null;
  /** Name of the published password it verifies; null for any other. */
  readonly published: string | null;
  /** Tells two SCRAM verifiers apart: a digest, of which nothing follows as each has 16 random bytes. */
  readonly fingerprint: string | null;
}

/** The auth_file on this host. Null where there is none. */
export type PgbouncerUserlist =
  | (FileFacts & {
      readonly users: readonly UserlistUser[];
      /** Lines that PgBouncer cannot read. */
      readonly brokenLines: readonly number[];
    })
  | null;

/** Users that PgBouncer lets in by its own list, and what kind of secret each has. */
export const nodePgbouncerUserlist = defineProbe({
  id: 'node.pgbouncer-userlist',
  subject: 'node',
  title: 'userlist.txt of PgBouncer: mode, users and the kind of each secret (never the secret)',
  privilege: 'read the auth_file of pgbouncer.ini on the node',
  grants: [],
  async collect({ node }): Promise<PgbouncerUserlist> {
    // A list beside no PgBouncer, as packages leave one, lets nobody in.
    if ((await node.facts(node.paths.pgbouncerIni, { follow: true })) === undefined) return null;
    const path = (await namedFile(node, 'auth_file')) ?? node.paths.pgbouncerUserlist;
    const text = await node.readText(path);
    const facts = await node.facts(path, { follow: true });
    if (text === undefined || facts === undefined) return null;
    const { entries, brokenLines } = parseUserlist(text);
    return { ...facts, users: await Promise.all(entries.map(describe)), brokenLines };
  },
});

async function describe({ line, user, secret }: UserlistEntry): Promise<UserlistUser> {
  const method = verifierKind(secret);
  return {
    line,
    user,
    method,
    iterations: scramIterations(secret) ?? null,
    published: await findPublishedPassword(secret, user),
    fingerprint: method === 'scram-sha-256' ? createHash('sha256').update(secret).digest('hex').slice(0, 16) : null,
  };
}
