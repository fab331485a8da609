import { parsePgbouncerIni, type PgbouncerIni } from '@pgattest/connect';
import type { FileFacts } from '../../node/access.ts';
import { defineProbe } from '../../probe.ts';

/** pgbouncer.ini as it is on disk, with what `stat` says of it. Null where there is none. */
export type PgbouncerIniFact = (FileFacts & PgbouncerIni) | null;

/** pgbouncer.ini on this host, without its secrets. */
export const nodePgbouncerIni = defineProbe({
  id: 'node.pgbouncer-ini',
  subject: 'node',
  title: 'pgbouncer.ini: mode, settings, databases and users, without passwords',
  privilege: 'read pgbouncer.ini on the node',
  grants: [],
  async collect({ node }): Promise<PgbouncerIniFact> {
    const path = node.paths.pgbouncerIni;
    const text = await node.readText(path);
    const facts = await node.facts(path, { follow: true });
    return text === undefined || facts === undefined ? null : { ...facts, ...redacted(parsePgbouncerIni(text, path)) };
  },
});

/** A setting may carry the password of an LDAP bind. */
const redacted = (ini: PgbouncerIni): PgbouncerIni => ({
  ...ini,
  settings: ini.settings.map((entry) => ({
    ...entry,
    value: entry.value.replaceAll(/(\b\w*(?:passw(?:or)?d|secret)\w*\s*=\s*)(?:"[^"]*"|'[^']*'|\S+)/giu, '$1***'),
  })),
});
