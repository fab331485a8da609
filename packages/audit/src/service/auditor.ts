import type { Logger } from '@pgattest/runtime';
import pLimit from 'p-limit';
import type { LiveProbe } from '../collect.ts';
import { writeReport } from '../report-files.ts';
import type { AuditRules } from '../rules.ts';
import { filesOf, runAudit } from '../run.ts';
import type { AuditSettings } from '../settings.ts';
import type { ClusterState } from './state.ts';

export interface AuditorOptions {
  readonly settings: AuditSettings;
  readonly rules: AuditRules;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Audits its clusters, some of them together, at most one round at a time: a caller that comes while a round runs gets that
 * round. A cluster whose run fails keeps its last report and is marked; the next round tries again.
 */
export class Auditor {
  readonly #options: AuditorOptions;
  readonly #stop = new AbortController();
  readonly #states = new Map<string, ClusterState>();
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #running = new Set<string>();
  #nextRunAt: string | undefined;

  constructor(options: AuditorOptions) {
    this.#options = options;
    for (const { name } of options.settings.clusters) this.#states.set(name, { cluster: name });
  }

  /** In the order of the configuration. */
  get states(): readonly ClusterState[] {
    return [...this.#states.values()];
  }

  get isRunning(): boolean {
    return this.#round !== undefined;
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
    this.#round ??= this.#runAll().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** Runs now and then every interval, counted from start to start; a round that overruns delays the next. */
  start(): void {
    const tick = async (): Promise<void> => {
      const startedMs = this.#options.now().getTime();
      this.#nextRunAt = undefined;
      await this.runNow();
      if (this.#stop.signal.aborted) return;
      const dueMs = startedMs + this.#options.settings.intervalMs;
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
    await this.#round;
  }

  async #runAll(): Promise<void> {
    const { clusters, clustersAtATime } = this.#options.settings;
    const limit = pLimit(clustersAtATime);
    await Promise.all(
      clusters.map((cluster) =>
        limit(async () => {
          if (this.#stop.signal.aborted) return;
          this.#running.add(cluster.name);
          await this.#runOne(cluster);
          this.#running.delete(cluster.name);
        }),
      ),
    );
  }

  async #runOne(cluster: AuditSettings['clusters'][number]): Promise<void> {
    const { settings, rules, env, logger, now } = this.#options;
    const startedMs = performance.now();
    const before = this.#states.get(cluster.name) ?? { cluster: cluster.name };
    const attempt = (): { readonly endedAt: string; readonly durationMs: number } => ({
      endedAt: now().toISOString(),
      durationMs: Math.round(performance.now() - startedMs),
    });
    try {
      const onNote = (note: string): void =>
        logger.warn('run before is not comparable', { cluster: cluster.name, note });
      const onLive = (live: LiveProbe): void => logger.info('live probe', { cluster: cluster.name, ...live });
      const run = await runAudit(cluster, { settings, rules, env, signal: this.#stop.signal, now, onNote, onLive });
      const files = filesOf(run);
      const folder = await writeReport(settings.reportDir, run.report, files);
      this.#states.set(cluster.name, { cluster: cluster.name, latest: { run, files }, attempt: attempt() });
      logger.info('audit done', {
        cluster: cluster.name,
        run: run.snapshot.runId,
        durationMs: this.#states.get(cluster.name)?.attempt?.durationMs,
        failing: run.assessment.findings.filter(({ outcome }) => outcome === 'fail').length,
        undecided: run.assessment.findings.filter(({ outcome }) => outcome === 'error').length,
        report: folder,
      });
    } catch (cause) {
      if (this.#stop.signal.aborted) return;
      const error = cause instanceof Error ? cause.message : String(cause);
      this.#states.set(cluster.name, { ...before, attempt: { ...attempt(), error } });
      logger.error('audit failed', { cluster: cluster.name, error: cause });
    }
  }
}
