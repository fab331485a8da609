import {
  parseVerifyReport,
  type BackrestFailure,
  type BackrestRunner,
  type StanzaInfo,
  type VerifyReport,
} from '@pgattest/connect';
import { invalidStanza } from './known-stanza.ts';
import { repositoryKey } from './collect-wal.ts';

/** What verify last found in one repository. */
export interface VerifiedRepository {
  readonly stanza: string;
  readonly repoKey: number;
  readonly report: VerifyReport;
  readonly endedSeconds: number;
  readonly durationSeconds: number;
}

/** Verdicts by `repositoryKey`: one that could not be renewed stays, with its age. */
export type VerifyState = ReadonlyMap<string, VerifiedRepository>;

/** Verifies every repository of every stanza, one after the other, giving way to everything else on the machine. */
export async function collectVerify(
  runner: BackrestRunner,
  stanzas: readonly StanzaInfo[],
  before: VerifyState,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<{ readonly state: VerifyState; readonly failure: BackrestFailure | undefined }> {
  const state = new Map<string, VerifiedRepository>();
  let failure: BackrestFailure | undefined;
  for (const { name, repositories } of stanzas) {
    if (name === invalidStanza) continue;
    for (const { key: repoKey } of repositories) {
      const key = repositoryKey(name, repoKey);
      const kept = before.get(key);
      const began = performance.now();
      const args = ['verify', '--stanza', name, `--repo=${repoKey}`, '--output=text', '--verbose', '--process-max=1'];
      const output = await runner.run({ args, ...limits, niceness: 19 });
      const parsed = output.ok ? parseVerifyReport(output.value.stdout) : output;
      if (parsed.ok) {
        const durationSeconds = (performance.now() - began) / 1000;
        state.set(key, {
          stanza: name,
          repoKey,
          report: parsed.value,
          endedSeconds: Date.now() / 1000,
          durationSeconds,
        });
      } else {
        failure ??= parsed.failure;
        if (kept !== undefined) state.set(key, kept);
      }
    }
  }
  return { state, failure };
}

/** Labels of backups that a report calls neither valid nor running. */
export function invalidLabels(report: VerifyReport): ReadonlySet<string> {
  return new Set(
    report.backups.filter(({ status }) => status !== 'valid' && status !== 'in-progress').map(({ label }) => label),
  );
}
