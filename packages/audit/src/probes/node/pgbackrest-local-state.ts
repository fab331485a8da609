import { join } from 'node:path';
import { findLastRun, type CommandRun } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { readNodeBackrest } from '../../node/backrest-config.ts';

const endBytes = 1024 * 1024;

/** What pgBackRest left on this node. */
export interface BackrestLocalState {
  readonly isConfigured: boolean;
  /** Folder of its logs and of its spool. */
  readonly logPath: string;
  /** `pgbackrest stop` was said and not taken back. */
  readonly stopFiles: readonly string[];
  /** Segments that asynchronous archiving could not push. */
  readonly spoolErrors: number;
  /** Last run by its log; null when the log has none. */
  readonly lastBackup: CommandRun | null;
  readonly lastVerify: CommandRun | null;
  readonly lastExpire: CommandRun | null;
  /** Lines of the archive log that say that WAL was dropped because the queue was full. */
  readonly droppedWal: number;
}

/** Stop files, spool errors, last runs and dropped WAL. */
export const nodePgbackrestLocalState = defineProbe({
  id: 'node.pgbackrest-local-state',
  subject: 'node',
  title: 'Stop files, archive spool and the last runs of backup, verify and expire (log files)',
  privilege: 'root, or the user of the database server',
  grants: [],
  async collect({ node }): Promise<BackrestLocalState> {
    const read = await readNodeBackrest(node);
    if (read === undefined) {
      const none = { lastBackup: null, lastVerify: null, lastExpire: null };
      return { isConfigured: false, logPath: '', stopFiles: [], spoolErrors: 0, ...none, droppedWal: 0 };
    }
    const { stanza, settings } = read;
    const locks = (await node.list(settings.lockPath)) ?? [];
    const spool = (await node.list(join(settings.spoolPath, 'archive', stanza, 'out'))) ?? [];
    const log = (command: string): Promise<string | undefined> =>
      node.readEnd(join(settings.logPath, `${stanza}-${command}.log`), endBytes);
    const lastRun = async (command: string): Promise<CommandRun | null> =>
      findLastRun((await log(command)) ?? '', command) ?? null;
    const pushes = (await log('archive-push-async')) ?? '';
    return {
      isConfigured: true,
      logPath: settings.logPath,
      stopFiles: locks.filter((name) => name === 'all.stop' || name === `${stanza}.stop`),
      spoolErrors: spool.filter((name) => name.endsWith('.error')).length,
      lastBackup: await lastRun('backup'),
      lastVerify: await lastRun('verify'),
      lastExpire: await lastRun('expire'),
      droppedWal: pushes.split('\n').filter((line) => line.includes('dropped WAL file')).length,
    };
  },
});
