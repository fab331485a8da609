import { offline, onSubject, primary, replica } from './cast.ts';
import { mode } from './introduce/file.ts';
import type { Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onSubject>[1];

const open = (on: string, path: string, bits: number, sentence: string, verdicts: Verdicts): Weakness => ({
  id: `${path} ${bits.toString(8)}`,
  sentence,
  on,
  introduce: mode(`${on}/${path}`, bits),
  expected: onSubject(`${on}.node`, verdicts),
});

/** Modes of data, configuration, keys and files with passwords. */
export const filesWeaknesses: WeaknessGroup = {
  name: 'file modes',
  weaknesses: [
    open(replica, 'data', 0o755, 'every account of the host may list the data directory', {
      'node-data-directory-protected': 'fail',
    }),
    open(offline, 'data/pg_wal', 0o777, 'every account of the host may write WAL', {
      'node-data-directory-protected': 'fail',
    }),
    open(offline, 'data/pg_hba.conf', 0o666, 'every account of the host may write the rules of the server', {
      'node-config-files-protected': 'fail',
    }),
    open(replica, 'data/postgresql.auto.conf', 0o662, 'every account of the host may change settings', {
      'node-config-files-protected': 'fail',
    }),
    open(primary, 'pki-postgres/server.key', 0o604, 'every account of the host may read the private key', {
      'node-config-files-protected': 'fail',
      'node-private-keys-protected': 'fail',
    }),
    open(replica, 'patroni/pgpass', 0o644, 'every account of the host may read the password of replication', {
      'node-config-files-protected': 'fail',
    }),
    open(replica, 'pglog', 0o777, 'every account of the host may remove the logs of the server', {
      'node-config-files-protected': 'fail',
    }),
  ],
};
