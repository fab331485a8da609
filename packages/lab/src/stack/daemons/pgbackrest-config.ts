import type { LabMaterials } from '../materials.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { renderIni } from './ini-text.ts';
import { memberPaths, repositoryPath } from './paths.ts';

/**
 * pgbackrest.conf of a member: two shared repositories, the second one encrypted, and WAL archived in the background
 * through a spool of the member's own. Holds the passphrase: 0600.
 */
export function renderPgbackrestConfig(materials: LabMaterials, member: LabMember): string {
  const paths = memberPaths(materials, member.name);
  const { options } = materials.topology;
  const server = {
    'pg1-path': paths.data,
    'pg1-port': labPorts.postgres,
    'pg1-socket-path': paths.sock,
    'pg1-user': 'postgres',
  };
  // A member of the standby cluster reads WAL of the cluster it follows; its own stanza is for after its promotion.
  const stanzas = [...new Set([options.cluster, member.cluster])];
  return renderIni({
    global: {
      'repo1-path': repositoryPath(materials, 1),
      'repo1-retention-full-type': 'count',
      'repo1-retention-full': 2,
      'repo1-bundle': 'y',
      'repo2-path': repositoryPath(materials, 2),
      'repo2-cipher-type': 'aes-256-cbc',
      'repo2-cipher-pass': materials.secrets.backupCipher,
      'repo2-retention-full-type': 'time',
      'repo2-retention-full': 14,
      'repo2-bundle': 'y',
      // No archive-push-queue-max: it throws WAL away when the queue is full and reports it archived.
      'archive-async': 'y',
      'archive-timeout': 30,
      'spool-path': `${paths.pgbackrest}/spool`,
      'lock-path': `${paths.pgbackrest}/lock`,
      'log-path': `${paths.pgbackrest}/log`,
      'log-level-console': 'warn',
      'log-level-file': 'info',
      'compress-type': 'lz4',
      'process-max': 2,
      'start-fast': 'y',
      delta: 'y',
    },
    ...Object.fromEntries(stanzas.map((stanza) => [stanza, server])),
  });
}
