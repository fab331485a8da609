import type { FiledRun } from '../evidence/read.ts';
import type { RulePack } from '../evidence/record.ts';

/** This auditor, as it can tell of itself. */
export interface AuditorIdentity {
  /** Version of the program, and the hash of what its rules declare. */
  readonly rules: RulePack;
  /** Folder that holds the code of the program. */
  readonly programDir: string;
  /** The newest run of the cluster before this one, verified; undefined when there is none. Errors: EvidenceError. */
  readonly previousRun: () => Promise<(FiledRun & { readonly rules: RulePack | undefined }) | undefined>;
}
