import { createServer, type AddressInfo, type Socket } from 'node:net';

/** An answer: columns with rows of text; NULL is null. `notice` is sent instead of rows, as SHOW VERSION was before 1.12. */
export interface FakeAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A console that speaks just enough of the wire protocol for a client that sends simple queries. */
export interface FakeConsole {
  readonly url: string;
  /** Every query that arrived, as it was sent. */
  readonly queries: readonly string[];
  /** Parameters of every startup packet that arrived. */
  readonly startups: readonly Readonly<Record<string, string>>[];
  /** Message types that are not simple queries or goodbyes: there must be none. */
  readonly otherMessages: readonly string[];
  close(): Promise<void>;
}

/** What it says: the version in ParameterStatus, and an answer for each command that this version has. */
export interface FakeScript {
  /** `1.8.1/bouncer`; undefined = no such parameter. */
  readonly serverVersion: string | undefined;
  /** Answers by `SHOW X`; a notice is text. Anything else is refused as PgBouncer refuses it. */
  readonly answers: Readonly<Record<string, FakeAnswer | string>>;
}

const accepted = ['user', 'database', 'client_encoding', 'datestyle', 'timezone', 'application_name'];

/** Serves on a free port of loopback; as PgBouncer it refuses startup parameters that it does not know. */
export async function startFakeConsole(script: FakeScript): Promise<FakeConsole> {
  const sockets = new Set<Socket>();
  const queries: string[] = [];
  const startups: Readonly<Record<string, string>>[] = [];
  const otherMessages: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = Buffer.alloc(0);
    let isStarted = false;
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (;;) {
        const header = isStarted ? 1 : 0;
        if (pending.length < header + 4) return;
        const length = header + pending.readInt32BE(header);
        if (pending.length < length) return;
        const message = pending.subarray(0, length);
        pending = pending.subarray(length);
        if (!isStarted) isStarted = start(socket, message);
        else receive(socket, message);
      }
    });
  });
  const start = (socket: Socket, message: Buffer): boolean => {
    if (message.readInt32BE(4) === 80_877_103) {
      socket.write('N');
      return false;
    }
    const words = message.subarray(8).toString().split('\0');
    const parameters = Object.fromEntries(
      words.flatMap((word, at) => (at % 2 === 0 && word !== '' ? [[word, words[at + 1] ?? '']] : [])),
    );
    startups.push(parameters);
    const unknown = Object.keys(parameters).find((name) => !accepted.includes(name));
    if (unknown !== undefined) {
      socket.end(failure('FATAL', `unsupported startup parameter: ${unknown}`));
      return true;
    }
    const status = script.serverVersion === undefined ? [] : [part('S', `server_version\0${script.serverVersion}\0`)];
    const authenticated = part('R', Buffer.from([0, 0, 0, 0]));
    socket.write(Buffer.concat([authenticated, ...status, part('S', 'client_encoding\0UTF8\0'), ready]));
    return true;
  };
  const receive = (socket: Socket, message: Buffer): void => {
    const type = String.fromCodePoint(message[0] ?? 0);
    if (type === 'X') {
      socket.end();
      return;
    }
    if (type !== 'Q') {
      otherMessages.push(type);
      socket.end(failure('FATAL', 'extended query protocol not supported by admin console'));
      return;
    }
    const query = message.subarray(5, -1).toString();
    queries.push(query);
    const answer = script.answers[query.replace(/;$/u, '').toUpperCase()];
    if (answer === undefined) {
      socket.write(Buffer.concat([failure('ERROR', `invalid command '${query}', use SHOW HELP;`), ready]));
      return;
    }
    const done = part('C', 'SHOW\0');
    const body = typeof answer === 'string' ? notice(answer) : table(answer);
    socket.write(Buffer.concat([body, done, ready]));
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has no other kind of address
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://monitor@127.0.0.1:${port}/pgbouncer?sslmode=disable`,
    queries,
    startups,
    otherMessages,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function part(type: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

const ready = part('Z', 'I');

function failure(severity: string, message: string): Buffer {
  return part('E', `S${severity}\0C08P01\0M${message}\0\0`);
}

function notice(message: string): Buffer {
  return part('N', `SNOTICE\0C00000\0M${message}\0\0`);
}

/** Every column as text, which is what the values are on the wire. */
function table({ columns, rows }: FakeAnswer): Buffer {
  const fields = columns.map((name) => {
    const rest = Buffer.alloc(18);
    rest.writeInt32BE(25, 6);
    rest.writeInt16BE(-1, 10);
    rest.writeInt32BE(-1, 12);
    return Buffer.concat([Buffer.from(`${name}\0`), rest]);
  });
  return Buffer.concat([
    part('T', Buffer.concat([count(columns.length), ...fields])),
    ...rows.map((row) => part('D', Buffer.concat([count(row.length), ...row.map(cell)]))),
  ]);
}

function count(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function cell(text: string | null): Buffer {
  const head = Buffer.alloc(4);
  if (text === null) {
    head.writeInt32BE(-1);
    return head;
  }
  const bytes = Buffer.from(text);
  head.writeInt32BE(bytes.length);
  return Buffer.concat([head, bytes]);
}
