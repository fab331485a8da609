import { parseListenAddress, startHttpServer, type ListenAddress, type Logger } from '@pgattest/runtime';
import { auditRules, type AuditRules } from '../rules.ts';
import type { AuditSettings } from '../settings.ts';
import { createAuditCluster } from './audit-cluster.ts';
import { Auditor } from './auditor.ts';
import { auditRoutes } from './routes.ts';
import { openShare } from './sharing/open-share.ts';
import type { ClusterState } from './state.ts';

export interface StartAuditorOptions {
  readonly settings: AuditSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  /** How many following ports to try when the configured one is taken; 0 when absent. */
  readonly portFallback?: number;
  /** Everything of this version when absent. */
  readonly rules?: AuditRules;
  readonly now?: () => Date;
}

/** A running audit service. */
export interface RunningAuditor {
  /** Where it really listens. */
  readonly addresses: readonly ListenAddress[];
  readonly states: readonly ClusterState[];
  /** Starts a round of audits, or joins the one that runs; resolves when it ends. */
  runNow(): Promise<void>;
  /** Stops serving, ends the running audit and the timer, gives up what it shares. */
  close(): Promise<void>;
}

/**
 * Serves verdicts and reports, and audits now and at the interval. Errors: RuntimeError address_in_use, listen_failed,
 * usage, config_invalid; a run that fails is no error but a state.
 */
export async function startAuditor(options: StartAuditorOptions): Promise<RunningAuditor> {
  const now = options.now ?? (() => new Date());
  const { settings, env, logger } = options;
  const { clusters, clustersAtATime, intervalMs, sharing } = settings;
  const share = sharing === undefined ? undefined : await openShare(sharing, clusters, logger);
  const auditor = new Auditor({
    clusters,
    clustersAtATime,
    intervalMs,
    auditCluster: createAuditCluster({ settings, rules: options.rules ?? auditRules, env, logger, now }),
    logger,
    now,
    ...(share === undefined ? {} : { share }),
  });
  const server = await startHttpServer({
    listen: [parseListenAddress(settings.listen)],
    ...(options.portFallback === undefined ? {} : { portFallback: options.portFallback }),
    routes: auditRoutes(auditor, { intervalMs, language: settings.language, now }),
    logger,
  });
  auditor.start();
  return {
    addresses: server.addresses,
    get states() {
      return auditor.states;
    },
    runNow: () => auditor.runNow(),
    async close() {
      await Promise.all([server.close(), auditor.close()]);
    },
  };
}
