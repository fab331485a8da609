import type { Logger } from '@pgattest/runtime';
import pLimit, { type LimitFunction } from 'p-limit';
import type { DeclaredCluster } from '../inventory/declared.ts';
import type { AuditCluster } from './audit-cluster.ts';
import type { ClusterShare, ShareStatus } from './sharing/share.ts';
import type { ClusterState } from './state.ts';

export interface AuditorOptions {
  readonly clusters: readonly DeclaredCluster[];
  readonly clustersAtATime: number;
  readonly intervalMs: number;
  readonly auditCluster: AuditCluster;
  readonly logger: Logger;
  readonly now: () => Date;
  /** What it audits of its clusters while others audit the rest; all of them without it. */
  readonly share?: ClusterShare;
}

/**
 * Audits its clusters, some of them together, at most one round at a time: a caller that comes while a round runs gets that
 * round. A cluster whose run fails keeps its last report and is marked; the next round tries again. With a share it audits
 * what it holds, and at once what it takes over.
 */
export class Auditor {
  readonly #options: AuditorOptions;
  readonly #stop = new AbortController();
  readonly #limit: LimitFunction;
  readonly #states = new Map<string, ClusterState>();
  readonly #runs = new Map<string, Promise<void>>();
  readonly #running = new Set<string>();
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #nextRunAt: string | undefined;
  #abandoned = 0;

  constructor(options: AuditorOptions) {
    this.#options = options;
    this.#limit = pLimit(options.clustersAtATime);
    for (const { name } of options.clusters) this.#states.set(name, { cluster: name });
  }

  /** In the order of the configuration. */
  get states(): readonly ClusterState[] {
    return [...this.#states.values()];
  }

  get isRunning(): boolean {
    return this.#round !== undefined;
  }

  /** What it shares with others; undefined when it audits alone. */
  get share(): (ShareStatus & { readonly abandoned: number }) | undefined {
    const { share } = this.#options;
    return share === undefined ? undefined : { ...share.status, abandoned: this.#abandoned };
  }

  /** Whether a cluster is audited at this moment. */
  isAuditing(cluster: string): boolean {
    return this.#running.has(cluster);
  }

  /** When the next round is due, ISO 8601 UTC; undefined while one runs. */
  get nextRunAt(): string | undefined {
    return this.#nextRunAt;
  }

  /** Starts a round, or joins the one that runs. Resolves when it ends; failures are kept in `states`. */
  runNow(): Promise<void> {
    this.#round ??= Promise.all(this.#options.clusters.map((cluster) => this.#run(cluster)))
      .then(() => undefined)
      .finally(() => {
        this.#round = undefined;
      });
    return this.#round;
  }

  /** Runs now and then every interval, counted from start to start; a round that overruns delays the next. */
  start(): void {
    this.#options.share?.start({
      isAuditing: (cluster) => this.isAuditing(cluster),
      onClaimed: (cluster) => void this.#takeOver(cluster),
      onHeldElsewhere: (cluster, holder) => {
        // Its verdicts are the other one's from now on: shown here as well they would grow old.
        if (!this.isAuditing(cluster)) this.#states.set(cluster, { cluster, heldBy: holder });
      },
    });
    const tick = async (): Promise<void> => {
      const startedMs = this.#options.now().getTime();
      this.#nextRunAt = undefined;
      await this.runNow();
      if (this.#stop.signal.aborted) return;
      const dueMs = startedMs + this.#options.intervalMs;
      this.#nextRunAt = new Date(dueMs).toISOString();
      const waitMs = Math.max(0, dueMs - this.#options.now().getTime());
      this.#timer = setTimeout(() => void tick(), waitMs);
    };
    void tick();
  }

  /** Ends the running round, if any, and the timer. */
  async close(): Promise<void> {
    this.#stop.abort(new DOMException('the auditor is closing', 'AbortError'));
    clearTimeout(this.#timer);
    await Promise.all([this.#round, ...this.#runs.values()]);
    await this.#options.share?.close();
  }

  async #takeOver(name: string): Promise<void> {
    const state = this.#states.get(name);
    if (state?.heldBy !== undefined) this.#states.set(name, { cluster: name });
    const cluster = this.#options.clusters.find((candidate) => candidate.name === name);
    // A run that was abandoned may still be ending.
    await this.#runs.get(name);
    if (cluster !== undefined) await this.#run(cluster);
  }

  /** Runs a cluster, or joins the run of it that waits or is under way. */
  #run(cluster: DeclaredCluster): Promise<void> {
    const { name } = cluster;
    const under = this.#runs.get(name);
    if (under !== undefined) return under;
    const run = this.#limit(async () => {
      if (this.#stop.signal.aborted) return;
      this.#running.add(name);
      await this.#runOne(cluster);
    }).finally(() => {
      this.#running.delete(name);
      this.#runs.delete(name);
    });
    this.#runs.set(name, run);
    return run;
  }

  async #runOne(cluster: DeclaredCluster): Promise<void> {
    const { auditCluster, share, logger, now } = this.#options;
    const startedMs = performance.now();
    const before = this.#states.get(cluster.name) ?? { cluster: cluster.name };
    const attempt = (): { readonly endedAt: string; readonly durationMs: number } => ({
      endedAt: now().toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
    });
    const hold = share?.hold(cluster.name);
    if (share !== undefined && hold === undefined) {
      const { isAlive, error } = share.status;
      // Another one audits it, or will: only who cannot know that has to say that nobody looked.
      if (isAlive || before.heldBy !== undefined || error === undefined) return;
      this.#states.set(cluster.name, { ...before, attempt: { ...attempt(), error: `not audited: ${error}` } });
      return;
    }
    const signal = hold === undefined ? this.#stop.signal : AbortSignal.any([this.#stop.signal, hold.signal]);
    const beforeFiling = async (): Promise<void> => {
      await hold?.confirm();
      signal.throwIfAborted();
    };
    try {
      const latest = await auditCluster(cluster, { signal, beforeFiling });
      this.#states.set(cluster.name, { cluster: cluster.name, latest, attempt: attempt() });
    } catch (cause) {
      if (this.#stop.signal.aborted) return;
      const lost = hold?.signal.aborted === true ? hold.signal : undefined;
      if (lost !== undefined) this.#abandoned += 1;
      const shown: unknown = lost === undefined ? cause : lost.reason;
      const error = shown instanceof Error ? shown.message : String(shown);
      this.#states.set(cluster.name, { ...before, attempt: { ...attempt(), error } });
      logger.error(lost === undefined ? 'audit failed' : 'audit abandoned', { cluster: cluster.name, error: shown });
    }
  }
}
