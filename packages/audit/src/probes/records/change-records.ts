import { readFile } from 'node:fs/promises';
import { loadConfig } from '@pgattest/runtime';
import type { FromSchema } from 'json-schema-to-ts';
import type { ChangeRecord } from '../../changes/change-record.ts';
import { changeRecordsSchema } from '../../changes/change-records-schema.ts';
import { sha256 } from '../../evidence/hash.ts';
import { defineProbe } from '../../probe.ts';

export interface ChangeRecords {
  /** Null when no file is configured: nobody declared which changes were approved. */
  readonly file: { readonly sha256: string } | null;
  readonly records: readonly ChangeRecord[];
}

/** Approved and pending changes, as they are declared in the file of change records. */
export const recordsChangeRecords = defineProbe({
  id: 'records.change-records',
  subject: 'records',
  title: 'Change records: number, approval, time, subjects',
  privilege: 'read access to the file of change records',
  grants: [],
  async collect({ changesFile }): Promise<ChangeRecords> {
    if (changesFile === undefined) return { file: null, records: [] };
    const { changes } = await loadConfig<FromSchema<typeof changeRecordsSchema>>(changesFile, changeRecordsSchema);
    return {
      file: { sha256: sha256(await readFile(changesFile)) },
      records: changes.map(({ id, status, approved_by: approvedBy, from, until, subjects, facts }) => ({
        id,
        status,
        approvedBy,
        from,
        // A day lasts to its end.
        until: until.length === 10 ? `${until}T23:59:59.999Z` : until,
        subjects,
        facts,
      })),
    };
  },
});
