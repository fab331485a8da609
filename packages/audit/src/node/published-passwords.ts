import { verifierMatches } from '@pgattest/connect';

/** A password that anybody can read in a product's documentation or templates. */
export interface PublishedPassword {
  /** What a finding calls it; the password itself is never shown. */
  readonly name: string;
  readonly password: string;
}

/** Passwords that ship with Pigsty, Patroni's and HAProxy's examples, and PostgreSQL's. */
export const publishedPasswords: {
  readonly source: string;
  readonly asOf: string;
  readonly entries: readonly PublishedPassword[];
} = Object.freeze({
  source: 'Pigsty v4.5.0 role defaults and conf/*.yml, Patroni postgres0.yml, PostgreSQL and HAProxy tutorials',
  asOf: '2026-09-30',
  entries: Object.freeze([
    { name: 'pigsty pg_replication_password', password: 'DBUser.Replicator' },
    { name: 'pigsty pg_admin_password', password: 'DBUser.DBA' },
    { name: 'pigsty pg_monitor_password', password: 'DBUser.Monitor' },
    { name: 'pigsty dbuser_meta sample', password: 'DBUser.Meta' },
    { name: 'pigsty dbuser_view sample', password: 'DBUser.Viewer' },
    { name: 'pigsty patroni_password', password: 'Patroni.API' },
    { name: 'pigsty etcd_root_password', password: 'Etcd.Root' },
    { name: 'pigsty haproxy_admin_password', password: 'pigsty' },
    { name: 'pigsty minio backup user', password: 'S3User.Backup' },
    { name: 'pigsty pgbackrest cipher', password: 'pgBackRest' },
    { name: 'patroni sample superuser', password: 'zalando' },
    { name: 'patroni sample replication', password: 'rep-pass' },
    { name: 'patroni sample rewind', password: 'rewind_password' },
    { name: 'haproxy', password: 'haproxy' },
    { name: 'postgres', password: 'postgres' },
    { name: 'password', password: 'password' },
    { name: 'admin', password: 'admin' },
  ]),
});

/** Name of the published password that this secret is, or `same as the user name`; null when it is none of them. */
export async function findPublishedPassword(verifier: string, user: string): Promise<string | null> {
  if (verifier === '') return null;
  for (const { name, password } of publishedPasswords.entries) {
    if ((await verifierMatches(verifier, user, password)) === true) return name;
  }
  return (await verifierMatches(verifier, user, user)) === true ? 'same as the user name' : null;
}

/** Name of the published password that a secret in clear text is; null when it is none. The secret is not kept. */
export const publishedSecret = (secret: string): string | null =>
  publishedPasswords.entries.find(({ password }) => password === secret)?.name ?? null;
