import { parseDurationMs, RuntimeError } from '@pgattest/runtime';
import { clusterOf } from './config/clusters.ts';
import { sharingOf, type SharingSettings } from './config/sharing.ts';
import type { LoadedAuditConfig } from './config/load.ts';
import type { AuditConfig } from './config/schema.ts';
import { withoutSecrets } from './config/without-secrets.ts';
import type { EvaluationConfig } from './evaluation.ts';
import type { StoreSettings } from './evidence/store-settings.ts';
import type { DeclaredCluster } from './inventory/declared.ts';
import type { ReportFormat } from './report/formats/names.ts';
import type { Language } from './text.ts';
import type { FailOn } from './verdict-exit.ts';

/** The configuration as the programs use it: durations in milliseconds, the part that shapes verdicts set apart. */
export interface AuditSettings {
  readonly clusters: readonly DeclaredCluster[];
  readonly evidenceDir: string;
  readonly store: StoreSettings;
  readonly attestationsDir: string;
  /** Public keys of signers; when there are any, an attestation counts only with a signature of one of them. */
  readonly attestationKeys: readonly string[];
  /** File with the private key that signs the record of every run. */
  readonly signingKey?: string;
  readonly reportDir: string;
  /** Beside HTML, text and JSON. */
  readonly formats: readonly ReportFormat[];
  readonly evaluation: EvaluationConfig;
  readonly failOn: FailOn;
  readonly language: Language;
  readonly listen: string;
  readonly intervalMs: number;
  /** How several services share the clusters; absent when this one audits them all. */
  readonly sharing?: SharingSettings;
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Longest time to collect from one cluster. */
  readonly runTimeoutMs: number;
  readonly livePauseMs: number;
  /** Clusters audited together. */
  readonly clustersAtATime: number;
}

/** Settles a validated configuration. `frameworks` are the ids to use when it names none. */
export function settingsOf(config: LoadedAuditConfig, frameworks: readonly string[]): AuditSettings {
  return {
    clusters: config.clusters.map((cluster) => clusterOf(cluster, config.base)),
    evidenceDir: config.evidence_dir,
    attestationsDir: config.attestations_dir,
    attestationKeys: config.attestation_keys,
    store: storeOf(config),
    ...(config.signing_key === undefined ? {} : { signingKey: config.signing_key }),
    reportDir: config.report_dir,
    formats: config.formats,
    evaluation: {
      formatVersion: 1,
      params: config.params,
      waivers: config.waivers.map(withoutSecrets),
      frameworks: config.frameworks ?? [...frameworks, ...config.ownFrameworks.map(({ id }) => id)],
      ...(config.ownFrameworks.length === 0 ? {} : { ownFrameworks: config.ownFrameworks }),
      languages: ['en', 'zh'],
      header: withoutSecrets(config.header),
    },
    failOn: config.fail_on,
    language: config.language,
    listen: config.listen,
    intervalMs: parseDurationMs(config.interval),
    ...(config.sharing === undefined ? {} : { sharing: sharingOf(config.sharing, config.base) }),
    concurrency: config.concurrency,
    connectTimeoutMs: parseDurationMs(config.connect_timeout),
    probeTimeoutMs: parseDurationMs(config.probe_timeout),
    lockTimeoutMs: 1000,
    runTimeoutMs: parseDurationMs(config.run_timeout),
    livePauseMs: parseDurationMs(config.live_pause),
    clustersAtATime: config.clusters_at_a_time,
  };
}

/** Errors: RuntimeError config_invalid, when a kind of store lacks what it needs. */
function storeOf({ evidence_store: store, evidence_dir: directory }: AuditConfig): StoreSettings {
  if (store.kind === 'folder') return { kind: 'folder', directory };
  if (store.kind === 'postgres') return { kind: 'postgres', dsn: need(store.dsn, 'dsn', 'postgres') };
  const { prefix = '' } = store;
  return {
    kind: 's3',
    endpoint: need(store.endpoint, 'endpoint', 's3'),
    region: store.region,
    bucket: need(store.bucket, 'bucket', 's3'),
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    accessKeyId: store.access_key_id,
    secretKeyFile: store.secret_key_file,
    caFile: store.ca_file,
  };
}

function need(value: string | undefined, key: string, kind: string): string {
  if (value !== undefined) return value;
  throw new RuntimeError('config_invalid', `evidence_store of kind ${kind} needs the key ${key}`);
}
