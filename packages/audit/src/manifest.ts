import type { Subject } from './inventory/subjects.ts';

/** One evidence file: its path inside the run's folder, with forward slashes, and what it holds. */
export interface ManifestFile {
  /** `pg.settings/pg-demo-1.json`; `evaluation.json` for the configuration that applied. */
  readonly path: string;
  /** Lower-case hexadecimal SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Absent on files that hold no observation (`evaluation.json`). */
  readonly probe?: string;
  readonly subject?: string;
  /** Whether the probe saw something or could not look; absent with `probe`. */
  readonly status?: 'ok' | 'unavailable';
}

/** Table of contents of one run's evidence folder (`manifest.json`): names and hashes every other file in it. */
export interface Manifest {
  readonly formatVersion: 1;
  readonly runId: string;
  readonly cluster: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tool: { readonly name: 'pgattest'; readonly version: string };
  readonly subjects: readonly Subject[];
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
  /** Root of the Merkle tree over `files`; absent in evidence that was filed before there was a chain. */
  readonly merkleRoot?: string;
  /**
   * SHA-256 over this manifest without `digest`, in canonical JSON: covers every file through its hash. Printed on the
   * report, so that a report can be tied to its evidence: `jq -S 'del(.digest)' manifest.json | sha256sum`.
   */
  readonly digest: string;
}
