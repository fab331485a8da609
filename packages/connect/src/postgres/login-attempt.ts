import { randomBytes } from 'node:crypto';
import { untilAborted } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { nameOfTarget } from './describe.ts';
import { toConnectError } from './errors.ts';
import type { PgTarget } from './session-api.ts';
import { openTransport, type Transport } from './transport.ts';

/** What a stranger is told at a port that speaks PostgreSQL's protocol. */
export interface LoginAnswer {
  readonly encrypted: boolean;
  /** First answer to the startup packet: let in with nothing, asked to prove who it is, or turned away. */
  readonly first: 'open' | 'asked' | 'refused';
  /** How it was asked: `scram-sha-256`, `md5`, `password`, or the number of another request; undefined when it was not. */
  readonly method: string | undefined;
  /** What the wrong proof led to; `not_tried` where none was sent. */
  readonly proof: 'accepted' | 'refused' | 'not_tried';
  /** SQLSTATE and words of the refusal, in the server's language; the words name the role that was tried. */
  readonly sqlState: string | undefined;
  readonly message: string | undefined;
}

/** How to try. */
export interface LoginAttempt {
  /** `plain` sends no proof at all: the first answer is all it is after. `try` asks for TLS and sends a wrong proof. */
  readonly encryption: 'plain' | 'try';
  readonly signal: AbortSignal;
}

/** Longest message of a login that is taken. */
const longestMessageBytes = 65_536;

/**
 * Tries to log in as the target's user without knowing any password: one connection, closed at the answer. Certificates are
 * not verified, for nothing secret is sent. Errors: unsupported (Unix socket), unreachable, tls_failed, invalid_data,
 * timeout, aborted.
 */
export async function attemptLogin(target: PgTarget, { encryption, signal }: LoginAttempt): Promise<LoginAnswer> {
  const name = nameOfTarget(target);
  if (target.host.startsWith('/'))
    throw new ConnectError('unsupported', `${name} is a Unix socket, not a network port`);
  const bare: PgTarget = {
    ...target,
    sslMode: 'prefer',
    sslRootCert: undefined,
    sslCert: undefined,
    sslKey: undefined,
  };
  const transport = await openTransport(bare, encryption, signal);
  const inbox = messagesOf(transport, signal, `cannot try a login at ${name}`);
  const encrypted = transport.tls !== undefined;
  try {
    transport.socket.write(startupPacket(target));
    const first = await inbox.next();
    if (first.type === 'E') return { ...refusal(first.body), encrypted, first: 'refused', method: undefined };
    if (first.type !== 'R') throw unexpected(name, first.type);
    const request = first.body.readInt32BE(0);
    if (request === 0) return { ...untried, encrypted, first: 'open', method: undefined };
    const asked = { encrypted, first: 'asked' as const, method: methods[request] ?? String(request) };
    if (encryption === 'plain') return { ...asked, ...untried };
    const proof = wrongProof(request);
    if (proof === undefined) return { ...asked, ...untried };
    transport.socket.write(proof);
    const answer = await inbox.next();
    if (request !== 10 || answer.type !== 'R') return { ...asked, ...outcomeOf(answer, name) };
    transport.socket.write(saslFinal(answer.body.subarray(4).toString('utf8')));
    return { ...asked, ...outcomeOf(await inbox.next(), name) };
  } catch (error) {
    throw toConnectError(error, `cannot try a login at ${name}`);
  } finally {
    transport.destroy();
  }
}

const untried = { proof: 'not_tried', sqlState: undefined, message: undefined } as const;

/** Authentication requests (PostgreSQL docs 54.7). */
const methods: Readonly<Record<number, string>> = {
  3: 'password',
  5: 'md5',
  7: 'gss',
  9: 'sspi',
  10: 'sasl',
};

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

function startupPacket({ user, database }: PgTarget): Buffer {
  const words = ['user', user, 'database', database, ''].map((word) => `${word}\0`).join('');
  const packet = Buffer.alloc(8 + Buffer.byteLength(words));
  packet.writeInt32BE(packet.length, 0);
  packet.writeInt32BE(196_608, 4);
  packet.write(words, 8);
  return packet;
}

/** A password message (`p`). */
function passwordMessage(content: Buffer): Buffer {
  const message = Buffer.alloc(5);
  message.write('p', 0, 'latin1');
  message.writeInt32BE(4 + content.length, 1);
  return Buffer.concat([message, content]);
}

/** Something that proves nothing, in the form the request asks for; undefined where there is no such form. */
function wrongProof(request: number): Buffer | undefined {
  const nonsense = randomBytes(16).toString('hex');
  if (request === 3) return passwordMessage(Buffer.from(`${nonsense}\0`));
  if (request === 5) return passwordMessage(Buffer.from(`md5${nonsense}\0`));
  if (request !== 10) return undefined;
  const first = Buffer.from(`n,,n=,r=${nonsense}`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(first.length, 0);
  return passwordMessage(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), length, first]));
}

/** The client's last message of SCRAM (RFC 5802) with a proof made up. */
function saslFinal(serverFirst: string): Buffer {
  const nonce = /r=(?<nonce>[^,]*)/u.exec(serverFirst)?.groups?.['nonce'] ?? '';
  return passwordMessage(Buffer.from(`c=biws,r=${nonce},p=${randomBytes(32).toString('base64')}`));
}

function outcomeOf({ type, body }: Message, name: string): Pick<LoginAnswer, 'proof' | 'sqlState' | 'message'> {
  if (type === 'E') return refusal(body);
  if (type === 'R' && body.readInt32BE(0) === 0) return { proof: 'accepted', sqlState: undefined, message: undefined };
  throw unexpected(name, type);
}

/** SQLSTATE and message of an ErrorResponse. */
function refusal(body: Buffer): Pick<LoginAnswer, 'proof' | 'sqlState' | 'message'> {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .filter((field) => field !== '')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return { proof: 'refused', sqlState: fields.get('C'), message: fields.get('M') };
}

const unexpected = (name: string, type: string): ConnectError =>
  new ConnectError(
    'invalid_data',
    `${name} answered a login with message ${JSON.stringify(type)}, not as PostgreSQL does`,
  );

/** Messages of the server, one at a time. */
function messagesOf({ socket }: Transport, signal: AbortSignal, what: string): { next: () => Promise<Message> } {
  let held: Buffer = Buffer.alloc(0);
  const chunks: AsyncIterator<unknown, undefined> = socket.iterator({ destroyOnReturn: false });

  async function need(bytes: number): Promise<void> {
    while (held.length < bytes) {
      const { done, value } = await untilAborted(chunks.next(), signal, what);
      if (done === true || !Buffer.isBuffer(value)) {
        throw new ConnectError('unreachable', `${what}: the server closed the connection without an answer`);
      }
      held = Buffer.concat([held, value]);
    }
  }

  return {
    async next() {
      await need(5);
      const length = held.readInt32BE(1);
      if (length < 4 || length > longestMessageBytes) {
        throw new ConnectError('invalid_data', `${what}: a message of ${length} bytes is not PostgreSQL's`);
      }
      await need(length + 1);
      const message = { type: held.toString('latin1', 0, 1), body: held.subarray(5, length + 1) };
      held = held.subarray(length + 1);
      // A notice is no answer.
      return message.type === 'N' ? this.next() : message;
    },
  };
}
