import { backupWeaknesses } from './backup-weaknesses.ts';
import { certificatesWeaknesses } from './certificates-weaknesses.ts';
import { changesWeaknesses } from './changes-weaknesses.ts';
import { etcdWeaknesses } from './etcd-weaknesses.ts';
import { filesWeaknesses } from './files-weaknesses.ts';
import { haproxyWeaknesses } from './haproxy-weaknesses.ts';
import { hbaWeaknesses } from './hba-weaknesses.ts';
import { hostWeaknesses } from './host-weaknesses.ts';
import { patroniWeaknesses } from './patroni-weaknesses.ts';
import { pgbouncerWeaknesses } from './pgbouncer-weaknesses.ts';
import { rolesWeaknesses } from './roles-weaknesses.ts';
import { settingsWeaknesses } from './settings-weaknesses.ts';
import type { WeaknessGroup } from './weakness.ts';

const concepts: readonly WeaknessGroup[] = [
  settingsWeaknesses,
  hbaWeaknesses,
  rolesWeaknesses,
  filesWeaknesses,
  certificatesWeaknesses,
  patroniWeaknesses,
  etcdWeaknesses,
  haproxyWeaknesses,
  pgbouncerWeaknesses,
  backupWeaknesses,
  hostWeaknesses,
  changesWeaknesses,
];

/**
 * Every weakness there is, one concept after the other; within a concept host after host, because a host is looked at again
 * when the turn of the next one comes.
 */
export const weaknessGroups: readonly WeaknessGroup[] = concepts.map(({ name, weaknesses }) => ({
  name,
  weaknesses: weaknesses.toSorted((a, b) => a.on.localeCompare(b.on)),
}));
