import { ConnectError } from '@pgattest/connect';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Undefined where nothing is there; what may not be read, or cannot be, throws ConnectError naming the path. */
export function absentOrThrow(error: unknown, doing: string, path: string): undefined {
  if (error instanceof ConnectError) throw error;
  const code = codeOf(error);
  // A process that ended meanwhile answers ESRCH below /proc.
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH') return undefined;
  if (code === 'EACCES' || code === 'EPERM') {
    throw new ConnectError(
      'permission_denied',
      `cannot ${doing} ${path}: permission denied; run "pgattest audit collect-node" as root, or leave it unknown`,
      { cause: error },
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  throw new ConnectError('invalid_data', `cannot ${doing} ${path}: ${reason}`, { cause: error });
}
