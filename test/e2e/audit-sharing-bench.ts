import { createServer, connect, type Server, type Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { Auditor } from '../../packages/audit/src/service/auditor.ts';
import type { AuditCluster } from '../../packages/audit/src/service/audit-cluster.ts';
import { ClusterShare } from '../../packages/audit/src/service/sharing/share.ts';
import { createShareStore } from '../../packages/audit/src/service/sharing/store.ts';
import type { ClusterState } from '../../packages/audit/src/service/state.ts';
import { createLogger, type Logger } from '@pgattest/runtime';
import { PassThrough } from 'node:stream';
import type { EtcdServer } from './etcd-server.ts';

/** One auditor of the bench, whose way to etcd can be cut. */
export interface SharingMember {
  readonly name: string;
  readonly auditor: Auditor;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly closeWay: () => Promise<void>;
}

const ttlMs = 3_000;

/** Auditors of clusters that are not there: their runs only note who audits what, and whether two did at once. */
export class SharingBench {
  readonly filed: { readonly by: string; readonly cluster: string }[] = [];
  readonly overlaps: string[] = [];
  members: SharingMember[] = [];
  started = 0;
  readonly #etcd: EtcdServer;
  readonly #login: { readonly user: string; readonly password: string } | undefined;
  /** Who audits a cluster at this moment. */
  readonly #active = new Map<string, string>();
  readonly #heldUp = new Set<string>();
  readonly #finish = new Map<string, () => void>();

  constructor(etcd: EtcdServer, login?: { readonly user: string; readonly password: string }) {
    this.#etcd = etcd;
    this.#login = login;
  }

  async add(name: string, clusters: readonly string[]): Promise<SharingMember> {
    const way = await openWay(Number(new URL(this.#etcd.url).port));
    const target = { ...this.#etcd.target(this.#login), url: this.#etcd.url.replace(/\d+$/u, String(way.port)) };
    const logger = quietLogger();
    const store = createShareStore({ targets: [target], prefix: '/pgattest/audit', ttlMs, timeoutMs: ttlMs / 2 });
    const auditor = new Auditor({
      clusters: clusters.map((cluster) => ({ name: cluster, members: [] })),
      clustersAtATime: 4,
      intervalMs: 300,
      auditCluster: this.#runOf(name),
      logger,
      now: () => new Date(),
      share: new ClusterShare({ store, name, clusters, ttlMs, logger }),
    });
    const member = { name, auditor, cut: way.cut, mend: way.mend, closeWay: way.close };
    this.members.push(member);
    auditor.start();
    return member;
  }

  /** How many clusters each auditor holds, from the fewest. */
  split(): readonly number[] {
    return this.members.map(({ auditor }) => auditor.share?.held.length ?? 0).toSorted((a, b) => a - b);
  }

  get isIdle(): boolean {
    return this.#active.size === 0;
  }

  isUnderWay(by: string, cluster: string): boolean {
    return this.#active.get(`${cluster} of ${by}`) !== undefined;
  }

  /** Runs of this auditor end from now on only when they are told to, or aborted. */
  holdUp(by: string): void {
    this.#heldUp.add(by);
  }

  finishOne(by: string, cluster: string): void {
    this.#finish.get(`${cluster} of ${by}`)?.();
  }

  letGo(by: string): void {
    this.#heldUp.delete(by);
    for (const [run, finish] of this.#finish) if (run.endsWith(` of ${by}`)) finish();
  }

  /** One that was closed already. */
  forget(member: SharingMember): void {
    this.members = this.members.filter((other) => other !== member);
    void member.closeWay();
  }

  async close(): Promise<void> {
    for (const { name } of this.members) this.letGo(name);
    await Promise.all(
      this.members.map(async ({ auditor, closeWay }) => {
        await auditor.close();
        await closeWay();
      }),
    );
  }

  #runOf(by: string): AuditCluster {
    return async ({ name: cluster }, { signal, beforeFiling }) => {
      const run = `${cluster} of ${by}`;
      for (const other of this.#active.keys()) {
        if (other.startsWith(`${cluster} of `)) this.overlaps.push(`${run} while ${other}`);
      }
      this.#active.set(run, by);
      this.started += 1;
      try {
        await new Promise<void>((resolve, reject) => {
          this.#finish.set(run, resolve);
          if (!this.#heldUp.has(by)) setTimeout(resolve, 50);
          signal.addEventListener('abort', () => reject(new Error('interrupted', { cause: signal.reason })), {
            once: true,
          });
        });
        await beforeFiling();
        this.filed.push({ by, cluster });
        return { run: noRun, reportFolder: '/nowhere' };
      } finally {
        this.#active.delete(run);
        this.#finish.delete(run);
      }
    };
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing here looks into a run
const noRun = {} as NonNullable<ClusterState['latest']>['run'];

/** A log that nobody reads. */
export function quietLogger(): Logger {
  const stream = new PassThrough();
  stream.resume();
  return createLogger({ level: 'error', format: 'json', stream });
}

/** Waits, two minutes at most, until what is looked at is as expected. */
export async function until<T>(look: () => T | Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const seen = await look();
    if (isDeepStrictEqual(seen, expected)) return;
    if (Date.now() > deadline) {
      throw new Error(`still ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)} after two minutes`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A port that leads to another one until it is cut. */
async function openWay(to: number) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((client) => {
    keep(client);
    if (isCut) {
      client.destroy();
      return;
    }
    const etcd = connect(to, '127.0.0.1');
    keep(etcd);
    etcd.on('close', () => client.destroy());
    client.on('close', () => etcd.destroy());
    client.pipe(etcd).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
