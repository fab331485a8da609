import { PassThrough } from 'node:stream';
import { commandsOf } from '../../../packages/cli/src/commands.ts';
import { runCommandLine } from '@pgattest/runtime';

/** What a command line ended with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pgattest` with these words, and no environment. */
export async function pgattest(...argv: readonly string[]): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = { name: 'pgattest', version: '1.2.3', summary: 'test', commands: commandsOf('/nowhere/pgattest.js') };
  const code = await runCommandLine(program, argv, { stdout, stderr, stdin: new PassThrough(), env: {} });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
