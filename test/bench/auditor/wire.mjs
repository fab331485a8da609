// Messages of PostgreSQL's protocol 3 (PostgreSQL docs 54.7), as far as a server that only answers needs them.

/** Codes in place of a version in the first packet of a connection. */
export const startupCodes = { version3: 196_608, tls: 80_877_103, gss: 80_877_104, cancel: 80_877_102 };

/** A message of the server. */
export function message(type, body = Buffer.alloc(0)) {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** AuthenticationXXX with its number and what follows. */
export function authentication(request, rest = Buffer.alloc(0)) {
  const body = Buffer.alloc(4);
  body.writeInt32BE(request);
  return message('R', Buffer.concat([body, rest]));
}

/** ErrorResponse. */
export const errorResponse = (severity, sqlState, text) =>
  message('E', Buffer.from(`S${severity}\0V${severity}\0C${sqlState}\0M${text}\0\0`));

export const parameterStatus = (name, value) => message('S', Buffer.from(`${name}\0${value}\0`));
export const readyForQuery = message('Z', Buffer.from('I'));

/** BackendKeyData with a key of nobody. */
export const backendKeyData = (processId) => {
  const body = Buffer.alloc(8);
  body.writeInt32BE(processId, 0);
  return message('K', body);
};

/** Parameters of a startup packet: `user`, `database`, `options`, … */
export function startupParameters(body) {
  const words = body.toString('utf8', 4).split('\0');
  const pairs = Array.from({ length: Math.floor(words.length / 2) }, (_, at) => [words[2 * at], words[2 * at + 1]]);
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

/** Collects bytes and hands out what is whole: packets without a type at the start of a connection, messages after it. */
export function packetReader() {
  let held = Buffer.alloc(0);
  const take = (typeBytes) => {
    if (held.length < typeBytes + 4) return undefined;
    const end = typeBytes + held.readInt32BE(typeBytes);
    if (held.length < end) return undefined;
    const packet = { type: held.toString('latin1', 0, typeBytes), body: held.subarray(typeBytes + 4, end) };
    held = held.subarray(end);
    return packet;
  };
  return {
    push(chunk) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    },
    /** Body of the next packet of a start, its code first; undefined until it is whole. */
    startPacket: () => take(0)?.body,
    /** Next message; undefined until it is whole. */
    message: () => take(1),
  };
}
