import { parseHbaFile, type HbaFileRule } from '@pgattest/connect';
import type { FileFacts } from '../../node/access.ts';
import { defineProbe } from '../../probe.ts';
import { namedFile } from './pgbouncer-files.ts';

/** The auth_hba_file on this host. Null where pgbouncer.ini names none. */
export type PgbouncerHba =
  (FileFacts & { readonly rules: readonly HbaFileRule[]; readonly brokenLines: readonly number[] }) | null;

/** Client authentication rules of PgBouncer, as they are on disk. */
export const nodePgbouncerHba = defineProbe({
  id: 'node.pgbouncer-hba',
  subject: 'node',
  title: 'Client authentication rules of PgBouncer (auth_hba_file)',
  privilege: 'read the auth_hba_file of pgbouncer.ini on the node',
  grants: [],
  async collect({ node }): Promise<PgbouncerHba> {
    const path = await namedFile(node, 'auth_hba_file');
    if (path === undefined) return null;
    const text = await node.readText(path);
    const facts = await node.facts(path, { follow: true });
    return text === undefined || facts === undefined ? null : { ...facts, ...parseHbaFile(text) };
  },
});
