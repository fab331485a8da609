import type { Logger } from '@pgattest/runtime';
import { LeaseLife } from './life.ts';
import { planShare } from './plan.ts';
import type { SharedState, ShareStore } from './store.ts';

/** What the auditor of the clusters tells and is told. */
export interface ShareUser {
  /** Whether a run of the cluster is under way: such a cluster is not let go. */
  isAuditing(cluster: string): boolean;
  /** The cluster is this auditor's from now on. */
  onClaimed(cluster: string): void;
  /** Another auditor holds the cluster; said again each time etcd says so. */
  onHeldElsewhere(cluster: string, holder: string): void;
}

/** The right to audit a cluster. */
export interface ClusterHold {
  /** Aborts once the right is lost, or can no longer be proven. */
  readonly signal: AbortSignal;
  /** Asks etcd whether the right is still there. Rejects with the reason of `signal` when it is not. */
  confirm(): Promise<void>;
}

/** What is known at this moment. */
export interface ShareStatus {
  /** Whether this auditor's lease surely lives. While it does not, nothing is audited. */
  readonly isAlive: boolean;
  /** Auditors alive; undefined while that is not known. */
  readonly auditors: number | undefined;
  readonly held: readonly string[];
  /** Why etcd could not be asked last time. */
  readonly error: string | undefined;
}

export interface ClusterShareOptions {
  readonly store: ShareStore;
  /** Of this auditor, for people who look into etcd. */
  readonly name: string;
  readonly clusters: readonly string[];
  readonly ttlMs: number;
  readonly logger: Logger;
}

/** Holds this auditor's part of the clusters, by one lease in etcd that all its keys hang on. */
export class ClusterShare {
  readonly #options: ClusterShareOptions;
  readonly #stop = new AbortController();
  readonly #life = new LeaseLife(() => this.#loseAll('etcd was not reached before the lease could have ended'));
  readonly #holds = new Map<string, AbortController>();
  #user: ShareUser | undefined;
  #leaseId: string | undefined;
  #auditors: number | undefined;
  #error: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ClusterShareOptions) {
    this.#options = options;
  }

  get status(): ShareStatus {
    const isAlive = this.#life.isSure;
    return {
      isAlive,
      auditors: isAlive ? this.#auditors : undefined,
      held: isAlive ? [...this.#holds.keys()].toSorted() : [],
      error: this.#error,
    };
  }

  /** Undefined when the cluster is not this auditor's. */
  hold(cluster: string): ClusterHold | undefined {
    const held = this.#holds.get(cluster);
    if (held === undefined || !this.#life.isSure) return undefined;
    return { signal: held.signal, confirm: () => this.#confirm(cluster, held) };
  }

  /** Takes part from now on. */
  start(user: ShareUser): void {
    this.#user = user;
    const next = (): void => {
      this.#turn = this.#take(user).finally(() => {
        if (!this.#stop.signal.aborted) this.#timer = setTimeout(next, this.#options.ttlMs / 5);
      });
    };
    next();
  }

  /** Leaves: all runs must have ended. Others take over at once where etcd can be reached, else when the lease ends. */
  async close(): Promise<void> {
    this.#stop.abort(new DOMException('the auditor is closing', 'AbortError'));
    clearTimeout(this.#timer);
    await this.#turn;
    this.#loseAll('the auditor is closing');
    this.#life.end();
    if (this.#leaseId === undefined) return;
    const { store, ttlMs, logger } = this.#options;
    await store.revoke(this.#leaseId, AbortSignal.timeout(ttlMs)).catch((error: unknown) => {
      logger.warn('cannot end the lease in etcd; it ends by itself', { error: messageOf(error) });
    });
  }

  /** One turn: renew, look, let go, claim. Never rejects. */
  async #take(user: ShareUser): Promise<void> {
    const { logger, store } = this.#options;
    const { signal } = this.#stop;
    try {
      const leaseId = await this.#renew(signal);
      const state = await this.#read(leaseId, signal);
      this.#auditors = state.members.length;
      this.#reconcile(state, user);
      const busy = new Set([...this.#holds.keys()].filter((cluster) => user.isAuditing(cluster)));
      const plan = planShare(state, this.#idOf(leaseId), busy);
      for (const cluster of plan.release) {
        // A run may have begun since.
        if (user.isAuditing(cluster)) continue;
        this.#lose(cluster, 'it goes to another auditor');
        await store.release(cluster, leaseId, signal);
        logger.info('cluster released', { cluster });
      }
      for (const cluster of plan.claim) {
        if (await store.claim(cluster, this.#idOf(leaseId), leaseId, signal)) this.#gain(cluster, user);
      }
      if (this.#error !== undefined) logger.info('etcd is reached again');
      this.#error = undefined;
    } catch (error) {
      if (signal.aborted) return;
      const message = messageOf(error);
      if (this.#error === undefined) logger.warn('cannot share clusters through etcd', { error: message });
      this.#error = message;
    }
  }

  /** The id of a lease that lives. */
  async #renew(signal: AbortSignal): Promise<string> {
    const { store } = this.#options;
    if (this.#leaseId !== undefined) {
      const from = this.#life.mark();
      const { ttlMs } = await store.renew(this.#leaseId, signal);
      if (ttlMs > 0) {
        this.#life.renewed(from, ttlMs);
        return this.#leaseId;
      }
      this.#leaseId = undefined;
      this.#life.end();
      this.#loseAll('the lease ended in etcd');
    }
    const from = this.#life.mark();
    const { leaseId, ttlMs } = await store.grant(signal);
    this.#leaseId = leaseId;
    this.#life.renewed(from, ttlMs);
    return leaseId;
  }

  /** What etcd holds, this auditor among the members. */
  async #read(leaseId: string, signal: AbortSignal): Promise<SharedState> {
    const { store, clusters } = this.#options;
    const state = await store.read(leaseId, signal);
    const id = this.#idOf(leaseId);
    if (state.members.some((member) => member.id === id)) return state;
    await store.register({ id, clusters }, leaseId, signal);
    return store.read(leaseId, signal);
  }

  /** What etcd says is so: an answer that was lost, or a key that somebody deleted. */
  #reconcile({ owned, holders }: SharedState, user: ShareUser): void {
    for (const cluster of this.#holds.keys()) {
      if (!owned.has(cluster)) this.#lose(cluster, 'its key is no longer there');
    }
    for (const cluster of this.#options.clusters) {
      const holder = holders.get(cluster);
      if (owned.has(cluster)) this.#gain(cluster, user);
      else if (holder !== undefined) user.onHeldElsewhere(cluster, holder);
    }
  }

  #gain(cluster: string, user: ShareUser): void {
    if (this.#holds.has(cluster) || !this.#life.isSure) return;
    this.#holds.set(cluster, new AbortController());
    this.#options.logger.info('cluster claimed', { cluster });
    user.onClaimed(cluster);
  }

  #loseAll(why: string): void {
    for (const cluster of this.#holds.keys()) this.#lose(cluster, why);
  }

  #lose(cluster: string, why: string): void {
    const held = this.#holds.get(cluster);
    this.#holds.delete(cluster);
    held?.abort(new DOMException(`cluster ${cluster} is no longer held by this auditor: ${why}`, 'AbortError'));
    if (this.#user?.isAuditing(cluster) === true) this.#options.logger.warn('run abandoned', { cluster, why });
  }

  async #confirm(cluster: string, held: AbortController): Promise<void> {
    const leaseId = this.#leaseId;
    if (leaseId !== undefined && this.#life.isSure && !held.signal.aborted) {
      const owns = await this.#options.store
        .owns(cluster, leaseId, this.#stop.signal)
        // While the lease surely lives, nobody else can have claimed the cluster.
        .catch(() => true);
      if (!owns && this.#holds.get(cluster) === held) this.#lose(cluster, 'its key is no longer there');
    }
    if (!this.#life.isSure && this.#holds.get(cluster) === held) this.#lose(cluster, 'the lease could have ended');
    held.signal.throwIfAborted();
  }

  /** Differs with each lease: what an earlier one of the same name left is never taken for its own. */
  #idOf(leaseId: string): string {
    return `${this.#options.name}.${leaseId}`;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
