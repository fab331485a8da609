import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectError } from '@pgattest/connect';
import { loadPublicKey } from '@pgattest/runtime';
import { defineProbe } from '../../probe.ts';
import { readDrillRecord, type DrillRecord } from '../../records/drill-certificate.ts';

/** Newest certificates first; more are left out. */
const maxCertificates = 500;

/** Certificates of drills in the configured folder, each verified with the trusted public key. */
export const recordsDrillCertificates = defineProbe({
  id: 'records.drill-certificates',
  subject: 'records',
  title: 'Certificates of restore, failover and alert drills, with their signatures verified',
  privilege: 'read access to the folder of drills',
  grants: [],
  async collect({ drillDir, drillPublicKey }): Promise<readonly DrillRecord[]> {
    if (drillDir === undefined) {
      throw new ConnectError('unsupported', 'no folder of drill certificates is configured; set records.drill_dir');
    }
    const key = drillPublicKey === undefined ? undefined : await loadPublicKey(drillPublicKey, 'pgattest drill keygen');
    const names = await readdir(drillDir).catch((cause: unknown) => {
      const code =
        cause instanceof Error && 'code' in cause && cause.code === 'EACCES' ? 'permission_denied' : 'invalid_data';
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ConnectError(code, `cannot list the drills in ${drillDir}: ${why}`, { cause });
    });
    const records: DrillRecord[] = [];
    for (const name of names.filter((file) => file.endsWith('.json'))) {
      const record = readDrillRecord(await readFile(join(drillDir, name), 'utf8'), key);
      if (record !== undefined) records.push(record);
    }
    return records.toSorted((a, b) => (a.finished > b.finished ? -1 : 1)).slice(0, maxCertificates);
  },
});
