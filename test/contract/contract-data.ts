import contract from './pg-exporter-contract.json' with { type: 'json' };

/** One branch of pg_exporter: what one SQL text of one collector exposes, and where. */
export interface ContractBranch {
  readonly collector: string;
  readonly target: string;
  /** server_version_num, inclusive. */
  readonly minVersion: number | null;
  /** server_version_num, exclusive. */
  readonly maxVersion: number | null;
  /** `cluster`: once per server; `primary` or `replica`: only in that role; `extension:x`, `schema:x`: only with it. */
  readonly tags: readonly string[];
  readonly ttl: number;
  readonly timeout: number;
  readonly fatal: boolean;
  readonly skip: boolean;
  readonly priority: number;
  readonly labels: readonly string[];
  readonly gauges: readonly string[];
  readonly counters: readonly string[];
  /** Histogram buckets: gauges with the label `le` beside `labels`. */
  readonly bucketGauges?: readonly string[];
}

/** Branches by name. */
export const contractBranches: Readonly<Record<string, ContractBranch>> = contract.branches;

/** Branches of ours that are a part of one of theirs, by ours: the versions of both together are the contract's. */
export const splitBranches: Readonly<Record<string, string>> = {
  // Their query waits behind DDL from version 16 on.
  pg_pubrel_16: 'pg_pubrel',
};

/** What pg_exporter says about itself. */
export const contractBuiltins = contract.builtin;

/** Whether pg_exporter would run this branch on such a server. */
export function runsOn(branch: ContractBranch, versionNum: number, role: 'primary' | 'replica'): boolean {
  if (versionNum < (branch.minVersion ?? 0) || versionNum >= (branch.maxVersion ?? Infinity)) return false;
  const other = role === 'primary' ? 'replica' : 'primary';
  return !branch.tags.includes(other);
}
