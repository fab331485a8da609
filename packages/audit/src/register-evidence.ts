import { canonicalJson } from './evidence/canonical-json.ts';
import type { FindingEvidence, RegisterEvidence } from './finding.ts';
import type { ManifestFile } from './manifest.ts';
import { shellQuote } from './psql-command.ts';
import type { Text } from './text.ts';

/** An entry of a register that was filed with the run, and what was expected of it. */
export interface RegisterEntry {
  readonly fact: RegisterEvidence['fact'];
  /** Cluster the result is about. */
  readonly subject: string;
  /** jq expression that finds the entry in the file: `.waivers[] | select(.id == "RISK-7")`. */
  readonly find: string;
  readonly entry: unknown;
  readonly expected: Text;
  /** The file of the run that holds the register. */
  readonly filed: Pick<ManifestFile, 'path' | 'sha256'>;
}

/**
 * Evidence of a result that rests on what persons wrote down (an exception, an attestation) and not on an observation.
 * Its command runs inside the evidence folder of the run, and prints the entry as it was filed.
 */
export function registerEvidence({ fact, subject, find, entry, expected, filed }: RegisterEntry): FindingEvidence {
  const command = `jq -S ${shellQuote(find)} ${shellQuote(filed.path)}`;
  return {
    fact,
    at: `${filed.path} in the evidence folder`,
    subject,
    actual: canonicalJson(entry).trimEnd(),
    expected,
    shell: command,
    command,
    file: filed.path,
    sha256: filed.sha256,
  };
}
