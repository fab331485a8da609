import { createHash, verify, type KeyObject } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { canonicalJson } from '../evidence/canonical-json.ts';

/** What a drill certificate says, as far as a check needs it. */
export interface DrillRecord {
  readonly id: string;
  /** `restore`, `pitr`, `backup-check`, `switchover`, `failover`, `alert`. */
  readonly kind: string;
  readonly cluster: string;
  /** ISO 8601 UTC. */
  readonly finished: string;
  readonly outcome: string;
  /** Repository that was restored from; null when the drill restored none. */
  readonly repo: number | null;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  /** Checks of the restored copy: name -> outcome, the worst of them where each database has its own. */
  readonly checks: Readonly<Record<string, string>>;
  /** Signed by the key that is trusted, and unchanged since. */
  readonly isVerified: boolean;
  /** What is wrong with it; null when nothing is. */
  readonly problem: string | null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/**
 * Reads a certificate that "pgattest drill" wrote and verifies it: digest and Ed25519 signature over the canonical JSON
 * of `certificate`. Undefined for JSON that is no certificate. Without a key nothing is verified.
 */
export function readDrillRecord(text: string, key: KeyObject | undefined): DrillRecord | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(document) || !isRecord(document['certificate']) || !isRecord(document['signature'])) return undefined;
  const { certificate, signature, sha256 } = document;
  const problem = findProblem(certificate, textOf(sha256), signature, key);
  const checks = Array.isArray(certificate['checks']) ? certificate['checks'].filter(isRecord) : [];
  return {
    id: textOf(certificate['id']),
    kind: textOf(certificate['kind']),
    cluster: textOf(certificate['cluster']),
    finished: textOf(certificate['finished']),
    outcome: textOf(certificate['outcome']),
    repo: numberOf(certificate['repo']),
    rtoSeconds: numberOf(certificate['rtoSeconds']),
    rpoSeconds: numberOf(certificate['rpoSeconds']),
    checks: worstOutcomes(checks),
    isVerified: problem === null,
    problem,
  };
}

/** Worst first; an outcome of another name stands before all of them, for nobody knows it to be good. */
const outcomeOrder = ['fail', 'unavailable', 'not_applicable', 'pass'];

function worstOutcomes(checks: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, string>> {
  const worst = new Map<string, string>();
  for (const check of checks) {
    const id = textOf(check['id']);
    const outcome = textOf(check['outcome']);
    const before = worst.get(id);
    if (before === undefined || outcomeOrder.indexOf(outcome) < outcomeOrder.indexOf(before)) worst.set(id, outcome);
  }
  return Object.fromEntries(worst);
}

function findProblem(
  certificate: Readonly<Record<string, unknown>>,
  sha256: string,
  signature: Readonly<Record<string, unknown>>,
  key: KeyObject | undefined,
): string | null {
  const bytes = Buffer.from(canonicalJson(certificate));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'it was changed after it was sealed';
  if (key === undefined) return 'no public key is configured to verify it with';
  const keyId = keyIdOf(key);
  if (signature['keyId'] !== keyId) return `it is signed with another key than ${keyId.slice(0, 16)}`;
  const value = Buffer.from(textOf(signature['value']), 'base64');
  return verify(null, bytes, key, value) ? null : 'its signature does not belong to its content';
}
