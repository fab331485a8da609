import {
  backrestFailure,
  oneLine,
  parseBackrestVersion,
  type BackrestResult,
  type BackrestRunner,
} from '@pgattest/connect';

/** Version of pgBackRest as a number, from what every version of it prints. */
export async function readVersion(
  runner: BackrestRunner,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<BackrestResult<number>> {
  const output = await runner.run({ args: ['version'], timeoutMs, signal, maxOutputBytes: 65_536 });
  if (!output.ok) return output;
  const version = parseBackrestVersion(output.value.stdout);
  if (version !== undefined) return { ok: true, value: version };
  return backrestFailure('parse', `version printed "${oneLine(output.value.stdout).slice(0, 80)}"`);
}
