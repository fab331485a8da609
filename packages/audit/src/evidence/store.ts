/** What is filed of one cluster, by name only. */
export interface StoredNames {
  /** Run ids, oldest first; one that no record names may be unfinished. */
  readonly runs: readonly string[];
  /** Sequence numbers of the chain, ascending. */
  readonly records: readonly number[];
  /** What an interrupted writer left behind, as a reader would name it; never part of a run. */
  readonly remains: readonly string[];
}

/**
 * Where evidence is kept. Three operations carry the promise that no completed run is lost: `putRun` never shows a part of
 * a run as a whole one and never overwrites, `addRecord` lets exactly one writer have a place in the chain, and both return
 * only when the bytes would survive a power failure. All reject with EvidenceError.
 */
export interface EvidenceStore {
  /** For messages: `/var/lib/pgattest/evidence`, `s3://bucket/prefix`, `postgres db@host`. Holds no secret. */
  readonly name: string;
  /** Clusters that something is filed of. */
  readonly clusters: () => Promise<readonly string[]>;
  readonly list: (cluster: string) => Promise<StoredNames>;
  /** Files a run: every file by its path inside the run. Rejects when the run id is taken. */
  readonly putRun: (cluster: string, runId: string, files: ReadonlyMap<string, string>) => Promise<void>;
  /** Files of a run by path, `pg.hba/pg-1.json`. What is no plain file is listed under a name that no manifest has. */
  readonly listRun: (cluster: string, runId: string) => Promise<ReadonlySet<string>>;
  readonly readRunFile: (cluster: string, runId: string, path: string) => Promise<Buffer>;
  /** Where a reader finds the run, for messages. */
  readonly placeOfRun: (cluster: string, runId: string) => string;
  /** Text of a record; undefined when there is none at that place. */
  readonly readRecord: (cluster: string, sequence: number) => Promise<string | undefined>;
  /** Compare and swap on the head of the chain: false when that place is taken. */
  readonly addRecord: (cluster: string, sequence: number, text: string) => Promise<boolean>;
  readonly placeOfRecord: (cluster: string, sequence: number) => string;
  /** A cache of ours (the state at the head); losing it costs time only. */
  readonly readCache: (cluster: string) => Promise<string | undefined>;
  readonly writeCache: (cluster: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `20261121T203319Z-1a2b3c4d`: sorts by time, and two runs of one second still differ. */
export const runIdPattern = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/u;

/** Name of a record's file: `00000012.json`, so that names sort like sequence numbers. */
export const recordName = (sequence: number): string => `${String(sequence).padStart(8, '0')}.json`;

/** Sequence number of a record's file name; undefined for any other name. */
export function sequenceOf(name: string): number | undefined {
  const digits = /^(\d{8,})\.json$/u.exec(name)?.[1];
  return digits === undefined || recordName(Number(digits)) !== name ? undefined : Number(digits);
}

/** Folder of the chain beside the runs of a cluster, and the name of the cache in it. */
export const chainFolder = 'chain';
export const cacheName = 'state.json';
