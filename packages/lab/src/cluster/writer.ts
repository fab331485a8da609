import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What a writer knows about its rows. */
export interface WriterCounts {
  /** Rows whose COMMIT the server confirmed: losing one of these is data loss. */
  readonly acknowledged: number;
  /** Attempts that failed or whose outcome is unknown. */
  readonly failed: number;
}

/** A small steady write load; it reconnects to whichever node takes writes. */
export interface Writer {
  counts(): WriterCounts;
  stop(): Promise<WriterCounts>;
}

/** Where to write. */
export interface WriterTarget {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly password: string;
  readonly caFile: string;
  readonly everyMs: number;
}

/** Books one amount a tick: an insert and an update in one transaction, so that replication has something to carry. */
export function startWriter(target: WriterTarget): Writer {
  let acknowledged = 0;
  let failed = 0;
  const stopping = new AbortController();
  const counts = (): WriterCounts => ({ acknowledged, failed });

  const run = async (): Promise<void> => {
    let client: Client | undefined;
    let turn = 0;
    // Ids are unique over every writer of this cluster and need no sequence (which would jump at a failover).
    let id = Date.now() * 1_000;
    while (!stopping.signal.aborted) {
      try {
        client ??= await connect(target, turn);
        id += 1;
        await client.query(
          `WITH booked AS (
             INSERT INTO app.ledger (id, account_id, amount) VALUES ($1, $2, 1) RETURNING account_id, amount
           )
           UPDATE app.account SET balance = balance + booked.amount FROM booked WHERE account.id = booked.account_id`,
          [id, (id % 100) + 1],
        );
        acknowledged += 1;
      } catch {
        // Down, in recovery, or gone mid-way: counted, and the next node gets its turn.
        failed += 1;
        turn += 1;
        await client?.end().catch(() => {});
        client = undefined;
      }
      await sleep(target.everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await client?.end().catch(() => {});
  };
  const done = run();
  return {
    counts,
    async stop() {
      stopping.abort();
      await done;
      return counts();
    },
  };
}

async function connect(target: WriterTarget, turn: number): Promise<Client> {
  const node = target.nodes[turn % target.nodes.length];
  if (node === undefined) throw new RangeError('a writer needs at least one node');
  const client = new Client({
    host: node.host,
    port: node.port,
    user: 'app_rw',
    password: target.password,
    database: 'app',
    application_name: 'app writer',
    ssl: { ca: readFileSync(target.caFile, 'utf8'), host: node.host },
    connectionTimeoutMillis: 2_000,
    // A frozen server must not freeze the writer.
    query_timeout: 3_000,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}
