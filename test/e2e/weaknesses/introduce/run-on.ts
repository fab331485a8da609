import type { WeakTarget } from '../weakness.ts';

type Argv = Parameters<WeakTarget['exec']>[1];
type Options = Parameters<WeakTarget['exec']>[2];

/** Runs a program on a host; returns what it printed. Errors: its own words when it fails. */
export async function runOn(lab: WeakTarget, host: string, argv: Argv, options: Options = {}): Promise<string> {
  const { code, stdout, stderr } = await lab.exec(host, argv, options);
  if (code === 0) return stdout;
  throw new Error(`${argv.join(' ')} on ${host} ended with ${code ?? 'a signal'}: ${stderr.trim()}`);
}
