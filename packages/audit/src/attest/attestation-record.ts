import type { ContentSeal } from '../evidence/content-seal.ts';

/** What the signer says. */
export type AttestationDecision = 'confirmed' | 'partly' | 'not_met' | 'not_applicable';

/** One signed statement of a person: `attest` writes it, an auditor reads it. Days are UTC. */
export interface AttestationRecord {
  readonly formatVersion: 1;
  /** Id of the attestation: `attest-incident-plan`. */
  readonly id: string;
  /** Cluster it is about; `*` for every cluster. */
  readonly cluster: string;
  readonly decision: AttestationDecision;
  /** Why, where the decision is not `confirmed`. */
  readonly note?: string;
  /** `Li Lei, security officer`. */
  readonly signer: string;
  /** ISO 8601 UTC. */
  readonly signedAt: string;
  /** First and last valid day: `2026-11-22`. */
  readonly validFrom: string;
  readonly validUntil: string;
  /** The document that shows it, as it was then. Relative paths are below the folder of attestations. */
  readonly document?: { readonly path: string; readonly sha256: string; readonly sizeBytes: number };
  /** SHA-256 of the record that this one took the place of. */
  readonly renews?: string;
}

/** A record as its file holds it, in canonical JSON: the form of drill certificates. */
export interface SealedAttestation extends ContentSeal {
  readonly attestation: AttestationRecord;
}

/** What an auditor found when it looked at a record and its document: filed with the run, so that the run is judged alike later. */
export interface ObservedAttestation {
  readonly record: AttestationRecord;
  /** Where the record is, and its hash. */
  readonly file: string;
  readonly sha256: string;
  /** `signed`: by a key that was given. `other_key`: by none of them. `broken`: its content was changed after it was written. */
  readonly seal: 'unsigned' | 'signed' | 'unchecked' | 'other_key' | 'broken';
  readonly keyId?: string;
  /** Absent when the record names no document. */
  readonly document?:
    | { readonly status: 'ok'; readonly path: string; readonly sha256: string }
    | { readonly status: 'unavailable'; readonly path: string; readonly message: string };
}
