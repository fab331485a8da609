import type { Precondition } from '../conduct/precondition.ts';

/** The six drills. */
export const drillKinds = ['restore', 'pitr', 'backup-check', 'switchover', 'failover', 'alert'] as const;
export type DrillKind = (typeof drillKinds)[number];

/**
 * `passed`: everything was checked and is well. `failed`: the drill found what must be mended. `aborted`: it could not
 * be finished, so nothing is proven either way.
 */
export type DrillOutcome = 'passed' | 'failed' | 'aborted';

/** One measured step, in the order in which they began. */
export interface CertificateStep {
  readonly id: string;
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly started: string;
  readonly seconds: number;
  readonly outcome: 'done' | 'failed';
  readonly detail?: string;
}

/** One question asked of what was restored, checked or failed over. `unavailable` keeps a drill from passing. */
export interface CertificateCheck {
  readonly id: string;
  readonly subject: string;
  readonly outcome: 'pass' | 'fail' | 'unavailable' | 'not_applicable';
  readonly detail: string;
}

/** One thing that is wrong, with the file, segment or backup by name. */
export interface CertificateFinding {
  /** `backup-file-corrupt`, `wal-segment-missing`, `chain-broken`, ...: `findingCodes` lists them. */
  readonly code: string;
  /** `repo1 20261121-235830F pg_data/base/5/1259`. */
  readonly subject: string;
  readonly message: string;
}

/** A file of evidence beside the certificate. */
export interface CertificateEvidence {
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What a drill measured; absent means not measured, never zero. */
export interface CertificateFacts {
  /** Time until the service, or the restored copy, took statements again. */
  readonly rtoSeconds?: number;
  readonly rpoSeconds?: number;
  readonly rpoBytes?: number;
  readonly rpoRows?: number;
  /** What the recovery point is measured against: `start of the drill`, `live server`, `target time`, `acknowledged rows`. */
  readonly rpoReference?: string;
  readonly repo?: number;
  readonly repoCipher?: string;
  readonly backupLabel?: string;
  readonly backupType?: string;
  readonly backupStopTime?: string;
  /** Every backup that the restored one is made of, oldest first. */
  readonly backupChain?: readonly string[];
  readonly targetTime?: string;
  /** Time of the last transaction that was replayed. */
  readonly recoveredTime?: string;
  readonly recoveredLsn?: string;
  readonly recoveredTimeline?: number;
  readonly restoredBytes?: number;
  readonly fromMember?: string;
  readonly toMember?: string;
  readonly timelineBefore?: number;
  readonly timelineAfter?: number;
  readonly detectionSeconds?: number;
  readonly electionSeconds?: number;
  readonly promotionSeconds?: number;
  readonly rowsAcknowledged?: number;
  readonly rowsUnknown?: number;
  readonly deliverySeconds?: number;
}

/** What a drill certifies; `certificateSchema` is the same as JSON Schema. */
export interface Certificate extends CertificateFacts {
  readonly schemaVersion: 1;
  /** `pg-test-restore-repo1-20261121T235830Z`; also the name of its files. */
  readonly id: string;
  readonly kind: DrillKind;
  readonly cluster: string;
  readonly started: string;
  readonly finished: string;
  readonly outcome: DrillOutcome;
  /** One sentence when the outcome is not `passed`. */
  readonly reason?: string;
  /** Whom `--approve` named, when the drill was started with it, and the account it ran under. */
  readonly approval: { readonly by: string; readonly at: string; readonly operator: string };
  readonly preconditions: readonly Precondition[];
  readonly steps: readonly CertificateStep[];
  readonly checks: readonly CertificateCheck[];
  readonly findings: readonly CertificateFinding[];
  readonly evidence: readonly CertificateEvidence[];
  /** `{"pgattest": "0.1.0", "pgbackrest": "2.45", "postgresql": "15.20"}` */
  readonly tools: Readonly<Record<string, string>>;
}

/** A certificate with its digest and signature: the file `<id>.json`. */
export interface SignedCertificate {
  readonly certificate: Certificate;
  /** SHA-256 of the canonical JSON of `certificate`: `jq -S .certificate FILE | sha256sum`. */
  readonly sha256: string;
  readonly signature: {
    readonly algorithm: 'Ed25519';
    /** SHA-256 of the public key (SPKI, DER). */
    readonly keyId: string;
    /** Over the canonical JSON of `certificate`, base64. */
    readonly value: string;
  };
}
