import type { DrillRun } from '../conduct/conduct.ts';
import { messageOf } from '../errors.ts';
import { amcheckDatabase, type AmcheckScope } from './checks/amcheck.ts';
import { judgeCanary, readCanary, type Canary } from './checks/canary.ts';
import { checkCatalog, listDatabases } from './checks/catalog.ts';
import type { ScratchInstance } from './instance.ts';
import { countNewerRows, type LiveServer, type LiveState } from './live.ts';

/** What to look at in a restored copy. */
export interface InstanceChecks {
  readonly targetTime: string | undefined;
  readonly canary: Canary | undefined;
  readonly amcheck: AmcheckScope;
  readonly major: number;
  /** The live cluster to compare with, read only; undefined = the start of the drill counts. */
  readonly live: LiveServer | undefined;
}

/** When the drill began, and what the live server said then. */
export interface Beginning {
  readonly at: string;
  readonly live: LiveState | undefined;
}

/** Catalogue, canary and amcheck of a running copy; records the recovery point. */
export async function checkInstance(
  instance: ScratchInstance,
  options: InstanceChecks,
  beginning: Beginning,
  run: DrillRun,
): Promise<void> {
  const admin = await instance.open('template1', run.signal);
  let databases: readonly string[];
  try {
    databases = await listDatabases(admin);
  } finally {
    await admin.close();
  }
  run.check({ id: 'databases', subject: 'cluster', outcome: 'pass', detail: databases.join(', ') });
  await run.timeline.run('catalog', 'compare catalogue and files', async () => {
    for (const database of databases) {
      await withDatabase(instance, database, run, 'catalog', (session) => checkCatalog(session, database));
    }
  });
  const { canary, amcheck } = options;
  if (canary !== undefined) {
    await run.timeline.run('canary', 'read the row canary', () =>
      checkCanary(instance, canary, options, beginning, run),
    );
  }
  if (amcheck === 'off') {
    run.check({
      id: 'amcheck',
      subject: 'all databases',
      outcome: 'not_applicable',
      detail: 'switched off with --amcheck off',
    });
    return;
  }
  await run.timeline.run('amcheck', 'look for damage with amcheck', async () => {
    for (const database of databases) {
      await withDatabase(instance, database, run, 'amcheck', (session) =>
        amcheckDatabase(session, database, amcheck, options.major),
      );
    }
  });
}

async function withDatabase(
  instance: ScratchInstance,
  database: string,
  run: DrillRun,
  id: string,
  check: (session: Awaited<ReturnType<ScratchInstance['open']>>) => ReturnType<typeof checkCatalog>,
): Promise<void> {
  try {
    const session = await instance.open(database, run.signal);
    try {
      run.check(await check(session));
    } finally {
      await session.close();
    }
  } catch (error) {
    run.signal.throwIfAborted();
    run.check({ id, subject: database, outcome: 'unavailable', detail: messageOf(error) });
  }
}

async function checkCanary(
  instance: ScratchInstance,
  canary: Canary,
  { targetTime, live }: InstanceChecks,
  beginning: Beginning,
  run: DrillRun,
): Promise<void> {
  try {
    const session = await instance.open(canary.database, run.signal);
    try {
      const found = await readCanary(canary, session);
      const reference =
        targetTime !== undefined
          ? ({ name: 'target time', time: targetTime, newerRows: undefined } as const)
          : live === undefined
            ? ({ name: 'start of the drill', time: beginning.at, newerRows: undefined } as const)
            : await countNewerRows(live, canary, found.newest, beginning.at, run.signal);
      const judged = judgeCanary(canary, found, reference, targetTime);
      run.check(judged.check);
      run.record(judged.facts);
    } finally {
      await session.close();
    }
  } catch (error) {
    run.signal.throwIfAborted();
    // A table that is not there is a result of the restore; a live server that does not answer is not.
    const isMissing = /does not exist/.test(messageOf(error));
    const subject = `${canary.database}.${canary.schema}.${canary.table}`;
    run.check({ id: 'row-canary', subject, outcome: isMissing ? 'fail' : 'unavailable', detail: messageOf(error) });
  }
}
