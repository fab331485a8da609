import type { Connection, Submittable } from 'pg';
import type { Column, ResultSet } from './session-api.ts';

type TextRow = readonly (string | null)[];

/** Stands in until the promise hands out its own, which it does before its constructor returns. */
const nobody = (): void => undefined;

const noResult: ResultSet = Object.freeze({ columns: [], rows: [] });

/**
 * One simple query for `pg`, in place of its own: rows stay the arrays of text that the protocol's parser made, and
 * nothing is copied, wrapped or looked up per value. Of several statements the last result counts.
 */
export class TextQuery implements Submittable {
  /** Rejects with the server's error, or with what `fail` was given. */
  readonly answer: Promise<ResultSet>;
  readonly #sql: string;
  #columns: readonly Column[] = [];
  #rows: TextRow[] = [];
  #last = noResult;
  readonly #resolve: (result: ResultSet) => void;
  readonly #reject: (error: unknown) => void;

  constructor(sql: string) {
    this.#sql = sql;
    let resolve: (result: ResultSet) => void = nobody;
    let reject: (error: unknown) => void = nobody;
    this.answer = new Promise((onResult, onError) => {
      resolve = onResult;
      reject = onError;
    });
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Gives up waiting; what the server still answers is ignored. */
  fail(error: unknown): void {
    this.#reject(error);
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, typeOid: dataTypeID }));
  }

  handleDataRow({ fields }: { readonly fields: TextRow }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete(): void {
    this.#last = { columns: this.#columns, rows: this.#rows };
    this.#columns = [];
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#last);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }

  /** Of the empty statement, which has no result. */
  handleEmptyQuery(): void {
    this.#last = noResult;
  }

  /** Only the extended protocol suspends. */
  handlePortalSuspended(): void {}

  /** A session that only reads sends no rows. */
  handleCopyInResponse(connection: Connection & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('nothing is copied in here');
  }

  /** COPY … TO STDOUT is no result. */
  handleCopyData(): void {}
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}
