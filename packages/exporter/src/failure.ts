import { ConnectError, type ConnectErrorCode } from '@pgattest/connect';

/** Why a server or a collector could not be asked: the closed set behind the `class` label and the log field. */
export type FailureClass = ConnectErrorCode | 'locked' | 'missing_relation' | 'missing_column' | 'not_run' | 'internal';

/** One failed attempt, ready for a label and a log line. */
export interface Failure {
  readonly class: FailureClass;
  readonly message: string;
  readonly sqlState: string | undefined;
}

/** A result that does not have the columns its collector declares: the server and our SQL have drifted apart. */
export class MissingColumnError extends Error {
  override readonly name = 'MissingColumnError';
  readonly column: string;
  constructor(collector: string, branch: string, column: string) {
    super(
      `result of ${collector} (branch ${branch}) has no column ${column}; its SQL must return every label and metric`,
    );
    this.column = column;
  }
}

/** A result that cannot be used as a whole: nothing of it is shown. */
export class InvalidResultError extends Error {
  override readonly name = 'InvalidResultError';
}

/** What a collector can run into and a connection cannot, by SQLSTATE. */
const classBySqlState: ReadonlyMap<string, FailureClass> = new Map([
  ['55P03', 'locked'],
  ['42P01', 'missing_relation'],
  ['42883', 'missing_relation'],
  ['3F000', 'missing_relation'],
  ['42703', 'missing_column'],
]);

/** SQLSTATEs that mean the question, not the answer, was about the wrong role: recovery began or ended meanwhile. */
const roleChangeStates: ReadonlySet<string> = new Set(['55000', '25006']);

/** True when the server refused because its recovery state is not the one we planned for. */
export function isRoleChange(failure: Failure): boolean {
  return failure.sqlState !== undefined && roleChangeStates.has(failure.sqlState);
}

/** True when the session, not the statement, is gone: a fresh one may do better. */
export function isSessionLoss(failure: Failure): boolean {
  return failure.class === 'unreachable';
}

/** Names what went wrong; an error that is not ours is `internal`, so a bug is never reported as a server fault. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ConnectError) {
    return { class: classOf(error), message: error.message, sqlState: error.sqlState };
  }
  if (error instanceof MissingColumnError) {
    return { class: 'missing_column', message: error.message, sqlState: undefined };
  }
  if (error instanceof InvalidResultError) {
    return { class: 'invalid_data', message: error.message, sqlState: undefined };
  }
  return { class: 'internal', message: error instanceof Error ? error.message : String(error), sqlState: undefined };
}

function classOf(error: ConnectError): FailureClass {
  return (error.sqlState === undefined ? undefined : classBySqlState.get(error.sqlState)) ?? error.code;
}
