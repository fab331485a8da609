/** Why pgBackRest gave no usable answer: a closed set, fit for a label. */
export const backrestFailureClasses = [
  'missing_binary',
  'permission',
  'config',
  'cipher',
  'lock',
  'missing',
  'connection',
  'stopped',
  'timeout',
  'parse',
  'output',
  'killed',
  'aborted',
  'other',
] as const;

export type BackrestFailureClass = (typeof backrestFailureClasses)[number];

/** One failed attempt. */
export interface BackrestFailure {
  readonly class: BackrestFailureClass;
  /** For people: one line, bounded, without control characters; may name paths of the observed host. */
  readonly message: string;
  /** Exit status of pgBackRest; undefined when it did not end by itself. */
  readonly exitCode?: number;
}

/** A value, or why there is none. */
export type BackrestResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: BackrestFailure };

const maxMessage = 600;

/** Makes a failure whose message is one bounded line: what pgBackRest prints may hold bytes of an encrypted file. */
export function backrestFailure(
  failureClass: BackrestFailureClass,
  message: string,
  exitCode?: number,
): { readonly ok: false; readonly failure: BackrestFailure } {
  const failure = { class: failureClass, message: oneLine(message) };
  return { ok: false, failure: exitCode === undefined ? failure : { ...failure, exitCode } };
}

/** Text of others as one line of printable characters, at most 600 of them. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    // oxlint-disable-next-line no-control-regex -- control characters are what is removed
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, '?')
    .trim();
  return line.length > maxMessage ? `${line.slice(0, maxMessage - 1)}…` : line;
}

/**
 * Errors of pgBackRest that say more than "other", by exit status and by the name that stands in repository messages.
 * Source: pgBackRest src/build/error/error.yaml.
 */
const known: readonly (readonly [code: number, name: string, failureClass: BackrestFailureClass])[] = [
  [27, 'ConfigError', 'config'],
  [29, 'FormatError', 'config'],
  [30, 'CommandRequiredError', 'config'],
  [31, 'OptionInvalidError', 'config'],
  [32, 'OptionInvalidValueError', 'config'],
  [37, 'OptionRequiredError', 'config'],
  [39, 'ProtocolError', 'connection'],
  [41, 'FileOpenError', 'permission'],
  [42, 'FileReadError', 'other'],
  [47, 'PathCreateError', 'permission'],
  [49, 'HostConnectError', 'connection'],
  [50, 'LockAcquireError', 'lock'],
  [53, 'PathOpenError', 'permission'],
  [55, 'FileMissingError', 'missing'],
  [62, 'StopError', 'stopped'],
  [63, 'TermError', 'killed'],
  [73, 'PathMissingError', 'missing'],
  [95, 'CryptoError', 'cipher'],
  [99, 'JsonFormatError', 'parse'],
  [101, 'ServiceError', 'connection'],
  [103, 'RepoInvalidError', 'config'],
  [105, 'AccessError', 'permission'],
];

/** Class of an exit status with the text printed beside it. */
export function classOfExit(exitCode: number, text: string): BackrestFailureClass {
  return refine(known.find(([code]) => code === exitCode)?.[2] ?? 'other', text);
}

/**
 * Class of the message of a repository with status 99, shape `[PathOpenError] unable to list …: [13] Permission denied`.
 * `cipher` is the repository's own: with a wrong pass an encrypted file decrypts to noise, and pgBackRest says that
 * the noise has a bad format.
 */
export function classOfRepositoryError(message: string, cipher: string): BackrestFailureClass {
  const name = /^\[(?<name>\w+)\]/.exec(message)?.groups?.['name'] ?? '';
  if (name === 'FormatError') {
    return cipher !== 'none' || message.includes('Salted__') ? 'cipher' : 'parse';
  }
  return refine(known.find(([, one]) => one === name)?.[2] ?? 'other', message);
}

/** The operating system's reason is more exact than pgBackRest's class. */
function refine(failureClass: BackrestFailureClass, text: string): BackrestFailureClass {
  if (/\[13\] Permission denied|Operation not permitted/.test(text)) return 'permission';
  if (failureClass === 'permission' && /\[2\] No such file/.test(text)) return 'missing';
  return /CryptoError|unable to flush|cipher header/i.test(text) ? 'cipher' : failureClass;
}
