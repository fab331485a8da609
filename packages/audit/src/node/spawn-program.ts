import { join } from 'node:path';
import { ConnectError, findAccount, findBinary, runChild, type ChildOutcome } from '@pgattest/connect';
import type { NodeCommandResult, NodePaths } from './access.ts';
import type { RunProgram } from './open-access.ts';
import { programPath } from './programs.ts';

const timeoutMs = 55_000;
const maxOutputBytes = 8 * 1024 * 1024;

/**
 * Runs programs on this host: no shell, an environment of our own, at low priority. pgBackRest runs as the user of the
 * server when we are root, since it refuses root and since a lock file of root's would stop its backups.
 */
export const spawnProgram =
  (paths: NodePaths, isRoot: boolean, signal: AbortSignal): RunProgram =>
  async (program, args) => {
    const file = (await findBinary(join(paths.pgBin, program), undefined)) ?? (await findBinary(program, programPath));
    if (file === undefined) return undefined;
    const [command = file, ...rest] = await commandLine(program, file, paths, isRoot);
    const outcome = await runChild({
      file: command,
      args: [...rest, ...args],
      env: { PATH: programPath, LC_ALL: 'C', HOME: '/' },
      timeoutMs,
      maxOutputBytes,
      niceness: 10,
      signal,
    });
    return resultOf(outcome, program);
  };

async function commandLine(
  program: string,
  file: string,
  paths: NodePaths,
  isRoot: boolean,
): Promise<readonly string[]> {
  if (program !== 'pgbackrest' || !isRoot) return [file];
  const account = await findAccount(paths.pgUser);
  if (account === undefined) {
    throw new ConnectError(
      'config_invalid',
      `there is no account ${paths.pgUser} to run pgbackrest as; set pgUser in --paths`,
    );
  }
  return ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--init-groups', '--', file];
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function resultOf({ end, exitCode, stdout, stderr }: ChildOutcome, program: string): NodeCommandResult | undefined {
  switch (end) {
    case 'exited':
      return { exitCode: exitCode ?? -1, stdout, stderr };
    case 'timeout':
    case 'aborted':
      throw new ConnectError('timeout', `${program} did not end within ${timeoutMs} ms and was stopped`);
    case 'overflow':
      throw new ConnectError('invalid_data', `${program} printed more than ${maxOutputBytes} bytes`);
    case 'signalled':
      throw new ConnectError('query_failed', `${program} was killed by somebody`);
    case 'not_started':
      throw new ConnectError('permission_denied', `cannot start ${program}`);
  }
}
