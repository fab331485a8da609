/** A request as routes see it. */
export interface HttpRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; a repeated header is joined with commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Aborts when the client goes away or the server is closed by force. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  /** Text, or its bytes in UTF-8. */
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One route: an exact path; HEAD follows from GET. A handler that throws is answered with 500 and logged. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;
}
