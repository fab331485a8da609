/** Why a laboratory could not be built or used. */
export type LabErrorCode =
  | 'platform_unsupported'
  | 'binaries_missing'
  | 'directory_unusable'
  | 'start_failed'
  | 'sql_failed'
  | 'timeout'
  | 'not_running'
  /** The supervisor refused or failed; its own words are the message. */
  | 'control_failed'
  /** A fault could not be applied or healed. */
  | 'fault_failed'
  /** The facts of a host could not be collected. */
  | 'facts_failed';

/** A failure of the laboratory itself, never of the code under observation. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: LabErrorCode;
  constructor(code: LabErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
