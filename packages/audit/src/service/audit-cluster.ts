import type { Logger } from '@pgattest/runtime';
import type { LiveProbe } from '../collect.ts';
import type { DeclaredCluster } from '../inventory/declared.ts';
import { publishRun } from '../publish.ts';
import type { AuditRules } from '../rules.ts';
import { runAudit } from '../run.ts';
import type { AuditSettings } from '../settings.ts';
import type { ClusterState } from './state.ts';

/** What a run of the service is bound by. */
export interface RunBounds {
  readonly signal: AbortSignal;
  /** Rejects when the run must not be filed. */
  readonly beforeFiling: () => Promise<void>;
}

/** Audits one cluster, files it and writes its report. Errors: as runAudit and publishRun. */
export type AuditCluster = (
  cluster: DeclaredCluster,
  bounds: RunBounds,
) => Promise<NonNullable<ClusterState['latest']>>;

export interface AuditClusterOptions {
  readonly settings: AuditSettings;
  readonly rules: AuditRules;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Runs as the service does them: everything a run notes goes to the log. */
export function createAuditCluster({ settings, rules, env, logger, now }: AuditClusterOptions): AuditCluster {
  return async (cluster, { signal, beforeFiling }) => {
    const startedMs = performance.now();
    const onNote = (note: string): void => logger.warn('run before is not comparable', { cluster: cluster.name, note });
    const onLive = (live: LiveProbe): void => logger.info('live probe', { cluster: cluster.name, ...live });
    const run = await runAudit(cluster, { settings, rules, env, signal, beforeFiling, now, onNote, onLive });
    const { reportDir: directory, formats } = settings;
    const { folder, missing } = await publishRun(run, { directory, formats, env, signal });
    if (missing !== undefined) logger.warn('no PDF', { cluster: cluster.name, reason: missing });
    logger.info('audit done', {
      cluster: cluster.name,
      run: run.snapshot.runId,
      durationMs: Math.round(performance.now() - startedMs),
      failing: run.assessment.findings.filter(({ outcome }) => outcome === 'fail').length,
      undecided: run.assessment.findings.filter(({ outcome }) => outcome === 'error').length,
      report: folder,
    });
    return { run, reportFolder: folder };
  };
}
