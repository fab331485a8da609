import { parseDurationMs } from '@pgattest/runtime';
import type { AuditConfig } from './config/schema.ts';
import type { EvaluationConfig } from './evaluation.ts';
import type { DeclaredCluster } from './inventory/discover.ts';
import type { Language } from './text.ts';
import type { FailOn } from './verdict-exit.ts';

/** The configuration as the programs use it: durations in milliseconds, the part that shapes verdicts set apart. */
export interface AuditSettings {
  readonly clusters: readonly DeclaredCluster[];
  readonly evidenceDir: string;
  readonly reportDir: string;
  readonly evaluation: EvaluationConfig;
  readonly failOn: FailOn;
  readonly language: Language;
  readonly listen: string;
  readonly intervalMs: number;
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly lockTimeoutMs: number;
}

/** Settles a validated configuration. `frameworks` are the ids to use when it names none. */
export function settingsOf(config: AuditConfig, frameworks: readonly string[]): AuditSettings {
  return {
    clusters: config.clusters,
    evidenceDir: config.evidence_dir,
    reportDir: config.report_dir,
    evaluation: {
      formatVersion: 1,
      params: config.params,
      waivers: config.waivers,
      frameworks: config.frameworks ?? frameworks,
      languages: ['en', 'zh'],
      header: config.header,
    },
    failOn: config.fail_on,
    language: config.language,
    listen: config.listen,
    intervalMs: parseDurationMs(config.interval),
    concurrency: config.concurrency,
    connectTimeoutMs: parseDurationMs(config.connect_timeout),
    probeTimeoutMs: parseDurationMs(config.probe_timeout),
    lockTimeoutMs: 1000,
  };
}
