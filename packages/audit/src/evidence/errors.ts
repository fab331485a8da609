/**
 * `changed`, `missing`, `extra`: the folder is not what its manifest says; `file` names the first file that differs.
 * `invalid`: a file is there and intact but is not evidence of this format. `unreadable`: it could not be read or written.
 */
export type EvidenceErrorCode = 'changed' | 'missing' | 'extra' | 'invalid' | 'unreadable';

/** Evidence that must not be judged. Commands print the message and exit with 3. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
  readonly code: EvidenceErrorCode;
  /** Path of the file, as given to the reader. */
  readonly file: string;
  constructor(code: EvidenceErrorCode, file: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.file = file;
  }
}
