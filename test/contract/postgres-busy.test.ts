import { collectors } from '@pgattest/catalog';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverDir, serverMajors } from '../servers/binaries.ts';
import { makeBusy, prepareObjects, type BusyServer } from './busy-server.ts';
import { openSession, rowsOf, within, type Row } from './postgres-session.ts';
import { variantFor } from './server-role.ts';
import { isRunnable } from './unrunnable.ts';

/*
 * What collectors say of a server with something to say: tables, indexes, sequences, functions, statements,
 * publications and subscriptions, and long work under way while locks are held. Asked by pgattest_monitor.
 */

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const positive = matching(/^[1-9]\d*$/u);
const ratio = matching(/^(?:0|1|0?\.\d+)(?:e-\d+)?$/u);

describe.each(serverMajors)('on a busy PostgreSQL %i', (major) => {
  let cluster: DemoCluster;
  let busy: BusyServer | undefined;
  let sizesBefore: readonly Row[];
  let published: readonly Row[];

  beforeAll(async () => {
    cluster = await startDemoCluster({
      serverDir: serverDir(major),
      name: `busy${major}`,
      durable: false,
      replicas: 0,
    });
    await prepareObjects(cluster);
    sizesBefore = await read('pg_table_size', 'app');
    // The server's own answer, before a lock makes it wait.
    published = await cluster.admin(cluster.primary, 'app').rows(
      `SELECT 'app' AS datname, pubname::text, (SELECT count(*) FROM pg_get_publication_tables(pubname::text))::text AS count
       FROM pg_publication ORDER BY pubname`,
    );
    busy = await makeBusy(cluster);
  }, 300_000);

  afterAll(async () => {
    await busy?.end();
    await cluster.stop();
  }, 300_000);

  async function read(id: string, database = 'postgres'): Promise<readonly Row[]> {
    const collector = collectors.find((found) => found.id === id);
    const variant = collector && variantFor(collector, cluster.versionNum, 'primary');
    if (variant === undefined) return [];
    const session = await openSession(cluster.dsn(cluster.primary, 'monitor'), database);
    try {
      return rowsOf(await session.query(variant.sql, { signal: within() }));
    } finally {
      await session.close();
    }
  }

  const find = async (id: string, where: Row, database?: string): Promise<Row | undefined> =>
    (await read(id, database)).find((row) => Object.entries(where).every(([key, value]) => row[key] === value));

  /** The row a version has that knows such work. */
  const from = (version: number, row: Readonly<Record<string, unknown>>): unknown =>
    major < version ? undefined : expect.objectContaining(row);

  test('tables of users, largest first, with what was done to them', async () => {
    const tables = await read('pg_table', 'app');
    const names = tables.map((row) => row['relname']);
    expect(names.filter((name) => /^(?:pg_|information_schema|_)/u.test(name ?? ''))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(['app.account', 'app.part', 'app.part_low', 'app.summary', 'app.wide']),
    );
    const pages = tables.map((row) => Number(row['pages']));
    expect(pages).toEqual(pages.toSorted((a, b) => b - a));

    expect(tables.find((row) => row['relname'] === 'app.account')).toMatchObject({
      datname: 'app',
      kind: '114',
      ncols: '2',
      age: positive,
      frozenxid: positive,
      n_tup_ins: '100',
      n_tup_mod: '100',
    });
    expect(tables.find((row) => row['relname'] === 'app.part')).toMatchObject({
      kind: '112',
      age: null,
      frozenxid: '0',
    });
    expect(tables.find((row) => row['relname'] === 'app.summary')).toMatchObject({ kind: '109' });
    // Without an index: every scan is sequential, and counts.
    const dusty = tables.find((row) => row['relname'] === 'app.dusty');
    expect(dusty).toMatchObject({ idx_scan: '0', tbl_scan: dusty?.['seq_scan'], tup_read: dusty?.['seq_tup_read'] });
  });

  test('tables say the same as the views of the server', async () => {
    const views = await cluster.admin(cluster.primary, 'app').rows(
      `SELECT s.relid, s.seq_scan, s.seq_tup_read, coalesce(s.idx_scan, 0) AS idx_scan,
         coalesce(s.idx_tup_fetch, 0) AS idx_tup_fetch, s.n_tup_ins, s.n_live_tup, s.analyze_count,
         i.heap_blks_read, i.heap_blks_hit, coalesce(i.idx_blks_read, 0) AS idx_blks_read
       FROM pg_stat_user_tables s JOIN pg_statio_user_tables i USING (relid) WHERE s.schemaname = 'app'`,
    );
    const ours = new Map((await read('pg_table', 'app')).map((row) => [row['relid'], row]));
    // A table that is at work changes between the two looks.
    const still = views.filter(
      ({ relid }) =>
        !['app.dusty', 'app.indexed', 'app.rewritten', 'app.account', 'app.ledger'].includes(
          ours.get(relid ?? '')?.['relname'] ?? '',
        ),
    );
    expect(still.length).toBeGreaterThan(2);
    for (const view of still) expect(ours.get(view['relid'] ?? '')).toMatchObject(view);
  });

  test('indexes with their table, none of a hidden schema', async () => {
    const indexes = await read('pg_index', 'app');
    expect(indexes.find((row) => row['idxname'] === 'app.account_pkey')).toMatchObject({
      relname: 'app.account',
      relid: positive,
      idx_scan: positive,
      idx_tup_read: positive,
      relpages: positive,
    });
    expect(indexes.filter((row) => row['idxname']?.startsWith('_'))).toEqual([]);
    const entriesRead = indexes.map((row) => Number(row['idx_tup_read']));
    expect(entriesRead).toEqual(entriesRead.toSorted((a, b) => b - a));
  });

  test('functions of one name are one, and times are seconds', async () => {
    const first = await find('pg_func', { funcname: 'app.first' }, 'app');
    const second = await find('pg_func', { funcname: 'app.second' }, 'app');
    expect(first).toMatchObject({ calls: '1' });
    expect(second).toMatchObject({ calls: '3' });
    expect(Number(first?.['total_time'])).toBeGreaterThan(Number(first?.['self_time']));
    expect(Number(first?.['total_time'])).toBeLessThan(60);
  });

  test('a sequence has its value where it may be read and nobody changes it', async () => {
    const values = (await read('pg_seq', 'app')).map((row) => [row['seqname'], row['last_value']]);
    expect(Object.fromEntries(values)).toEqual({ 'app.readable': '3', 'app.closed': null, 'app.changing': null });
  });

  test('sizes of tables, and of a locked one without waiting', async () => {
    const before = sizesBefore.find((row) => row['relname'] === 'app.wide');
    expect(Number(before?.['bytes'])).toBeGreaterThan(20 * 10_000);
    expect(Number(before?.['toastsize'])).toBeGreaterThan(20 * 10_000);
    expect(Number(before?.['bytes'])).toBeGreaterThanOrEqual(
      Number(before?.['relsize']) + Number(before?.['indexsize']) + Number(before?.['toastsize']),
    );
    const bytes = sizesBefore.map((row) => Number(row['bytes']));
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
    expect(sizesBefore.find((row) => row['relname'] === 'app.part_low')).toMatchObject({
      toastsize: matching(/^\d+$/u),
    });

    const locked = await find('pg_table_size', { relname: 'app.wide' }, 'app');
    expect(locked).toMatchObject({ relsize: before?.['relsize'], indexsize: before?.['indexsize'] });
    const reindexed = sizesBefore.find((row) => row['relname'] === 'app.ledger');
    expect(await find('pg_table_size', { relname: 'app.ledger' }, 'app')).toEqual({
      ...reindexed,
      // Not counted in an estimate: maps of free space and of visibility.
      bytes: String(
        Number(reindexed?.['relsize']) + Number(reindexed?.['indexsize']) + Number(reindexed?.['toastsize']),
      ),
    });
    expect(await find('pg_table_size', { relname: 'app.account' }, 'app')).toMatchObject({ relsize: positive });
  });

  test('kinds of relations, and the rows no partition was made for', async () => {
    const kinds = Object.fromEntries(
      (await read('pg_relkind', 'app')).map((row) => [row['relkind'] ?? '', row['count']] as const),
    );
    expect(kinds).toMatchObject({ f: '1', m: '1', p: '1', S: '3', r: positive, i: positive, t: positive, v: positive });
    const rest = await read('pg_defpart', 'app');
    expect(rest).toEqual(major >= 11 ? [{ datname: 'app', relname: 'app.part_rest', tuples: '33' }] : []);
  });

  test('a publication has as many tables as the server would publish', async () => {
    const found = (await read('pg_pubrel', 'app')).toSorted((a, b) =>
      (a['pubname'] ?? '') < (b['pubname'] ?? '') ? -1 : 1,
    );
    expect(found).toEqual(published);
    expect(found.find((row) => row['pubname'] === 'nothing')).toMatchObject({ count: '0' });
    expect(found.find((row) => row['pubname'] === 'two')).toMatchObject({ count: '2' });
  });

  test('a subscription that works and one that is switched off', async () => {
    expect(await find('pg_sub', { subname: 'working' })).toMatchObject({
      id: positive,
      pid: positive,
      received_lsn: positive,
      reported_lsn: positive,
      ...(major >= 15 ? { apply_error_count: '0', sync_error_count: '0' } : {}),
    });
    expect(await find('pg_sub', { subname: 'resting' })).toMatchObject({ id: positive, pid: null, received_lsn: null });
    const ours = (await read('pg_subscription')).toSorted((one, two) => Number(one['state']) - Number(two['state']));
    expect(ours).toMatchObject([
      { datname: 'copy', subname: 'resting', state: '0', last_message_age_seconds: null },
      { datname: 'copy', subname: 'working', state: '1', last_message_age_seconds: matching(/^\d/u) },
    ]);
    expect(await read('pg_subrel', 'copy')).toEqual([{ datname: 'copy', subname: 'working', state: 'r', count: '2' }]);
    expect(await read('pg_subrel', 'app')).toEqual([]);
  });

  test('no password of a subscription is in any value', async () => {
    const everything: (readonly Row[])[] = [];
    for (const { id, scope, requires, skippedByDefault, predicates } of collectors) {
      if (skippedByDefault === true || requires !== undefined || predicates !== undefined) continue;
      if (!isRunnable(id, cluster.versionNum)) continue;
      everything.push(await read(id, scope === 'instance' ? 'postgres' : 'app'));
    }
    const text = JSON.stringify(everything);
    expect(cluster.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test('statements of the application, without their text', async () => {
    const statements = await read('pg_query');
    const called = statements.find((row) => row['datname'] === 'app' && row['calls'] === '7');
    expect(called).toMatchObject({ query: matching(/^-?\d+$/u), rows: '7', sblk_hit: positive });
    expect(Number(called?.['exec_time'])).toBeGreaterThan(0);
    expect(Number(called?.['exec_time'])).toBeLessThan(60);
  });

  test('checkpoints, writes, caches and the timeline', async () => {
    const [bgwriter] = await read('pg_bgwriter');
    expect(bgwriter).toMatchObject({ buffers_alloc: positive });
    const [checkpointer] = await read('pg_checkpointer');
    expect(Number(checkpointer?.['timed']) + Number(checkpointer?.['req'])).toBeGreaterThan(0);
    expect(Number(checkpointer?.['write_time'])).toBeLessThan(600);
    const [checkpoint] = await read('pg_checkpoint');
    expect(checkpoint).toMatchObject({ tli: '1', next_xid: positive, full_page_writes: 't', checkpoint_lsn: positive });
    expect(Number(checkpoint?.['elapse'])).toBeLessThan(600);
    expect(await read('pg_timeline')).toEqual([{ id: '1' }]);
    const io = await find('pg_io', { type: 'client backend', object: 'relation', context: 'normal' });
    expect(io === undefined ? undefined : Number(io['hits']) > 0 && Number(io['read_time']) < 600).toBe(
      major >= 16 ? true : undefined,
    );
    const caches = await read('pg_slru');
    expect(caches.some((row) => Number(row['blks_hit']) > 0)).toBe(major >= 13);
  });

  test('processes, waits and open transactions', async () => {
    expect(await find('pg_backend', { type: 'checkpointer' })).toMatchObject({ count: '1' });
    expect(Number((await find('pg_backend', { type: 'client backend' }))?.['count'])).toBeGreaterThan(2);
    expect(await find('pg_wait', { datname: 'postgres', event: 'Running' })).toMatchObject({ count: '1' });
    expect(Number((await find('pg_wait', { datname: 'app', event: 'Client' }))?.['count'])).toBeGreaterThan(1);
    expect(Number((await find('pg_wait', { datname: '_system', event: 'Activity' }))?.['count'])).toBeGreaterThan(1);

    // The prepared transaction is nobody's session and still in progress.
    const [xact] = await read('pg_xact');
    expect(Number(xact?.['xnum'])).toBeGreaterThan(0);
    expect(Number(xact?.['xmin'])).toBeLessThan(Number(xact?.['xmax']));

    const ages = await read('pg_xact_age');
    const idle = ages.filter((row) => row['idle_seconds'] !== null);
    expect(idle.length).toBeGreaterThan(1);
    expect(new Set(idle.map((row) => row['datname']))).toEqual(new Set(['app']));
    expect(idle.every((row) => row['idle_seconds'] === row['seconds'] && Number(row['seconds']) >= 0)).toBe(true);
  });

  test('long work under way, by the name of the table in its database and its number elsewhere', async () => {
    const vacuum = await find('pg_vacuuming', { relname: 'app.dusty' }, 'app');
    const index = await find('pg_indexing', { relname: 'app.indexed' }, 'app');
    const rewrite = await find('pg_clustering', { relname: 'app.rewritten' }, 'app');
    const [backup] = await read('pg_backup');
    expect(vacuum).toEqual(
      from(12, {
        datname: 'app',
        pid: positive,
        progress: ratio,
        ...(major >= 17 ? { indexes_total: '0', dead_tuple_bytes: matching(/^\d+$/u) } : {}),
        ...(major >= 18 ? { delay_time: matching(/^\d/u) } : {}),
      }),
    );
    expect(index).toEqual(from(12, { datname: 'app', lockers: '0', tuples: null, partitions: null }));
    expect(rewrite).toEqual(from(12, { datname: 'app', tup_scan: '500', progress: ratio }));
    expect((await read('pg_vacuuming'))[0]).toEqual(from(12, { datname: 'app', relname: positive }));
    expect(backup).toEqual(
      major < 13 ? undefined : { pid: positive, phase: '3', total_bytes: positive, sent_bytes: positive },
    );
  });
});
