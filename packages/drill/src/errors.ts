/** Why a drill stopped before it could say passed or failed. */
export type DrillErrorCode =
  'refused' | 'deadline' | 'interrupted' | 'second_failure' | 'split_brain' | 'program_failed' | 'unfinished';

/**
 * A drill that could not be finished: the certificate says `aborted` and carries the message, which names the state that
 * the cluster or the scratch directory was left in.
 */
export class DrillError extends Error {
  override readonly name = 'DrillError';
  readonly code: DrillErrorCode;
  constructor(code: DrillErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
