/** Aspects of a new connection that the server can log. */
export interface LoggedConnections {
  readonly receipt: boolean;
  readonly authentication: boolean;
  readonly authorization: boolean;
}

const none: LoggedConnections = { receipt: false, authentication: false, authorization: false };
const every: LoggedConnections = { receipt: true, authentication: true, authorization: true };
const switches: Readonly<Record<string, LoggedConnections>> = {
  on: every,
  true: every,
  yes: every,
  '1': every,
  all: every,
  off: none,
  false: none,
  no: none,
  '0': none,
};

/**
 * Reads log_connections: a switch up to version 17, a list from version 18 (`receipt,authentication`, `all`, empty),
 * which still takes the switch words. An unknown word logs nothing that we know of. (PostgreSQL docs 19.8.3)
 */
export function parseLogConnections(value: string): LoggedConnections {
  const words = value
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  const [first] = words;
  const alone = first === undefined || words.length > 1 ? undefined : switches[first];
  if (alone !== undefined) return alone;
  return {
    receipt: words.includes('receipt') || words.includes('all'),
    authentication: words.includes('authentication') || words.includes('all'),
    authorization: words.includes('authorization') || words.includes('all'),
  };
}
