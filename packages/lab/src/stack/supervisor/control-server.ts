import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { ControlLine } from '../control/protocol.ts';

/** A request as it came in: which operation, with what. Nothing about it is checked yet. */
export interface ControlRequest {
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the server does for its clients. */
export interface ControlHandlers {
  /** Answers a request; `tell` sends an event before that. `gone` aborts when the client hangs up. */
  readonly answer: (request: ControlRequest, tell: (event: ControlLine) => void, gone: AbortSignal) => Promise<unknown>;
  /** Where the bytes of a forwarded connection go. Errors: the reason it goes nowhere. */
  readonly forward: (request: ControlRequest) => { readonly host: string; readonly port: number };
}

const maxRequestBytes = 8 * 1024 * 1024;

/** Serves the control socket; only the owner of the lab may open it. */
export async function serveControl(path: string, handlers: ControlHandlers): Promise<Server> {
  // A dead supervisor's socket: two supervisors of one directory do not exist.
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {
      socket.destroy();
    });
    readRequest(socket, (request, rest) => {
      if (request.op === 'forward') forward(socket, request, rest, handlers);
      else void answer(socket, request, handlers);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return server;
}

function readRequest(socket: Socket, onRequest: (request: ControlRequest, rest: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk);
    size += chunk.length;
    const at = chunk.indexOf('\n');
    if (at === -1) {
      if (size > maxRequestBytes) socket.destroy();
      return;
    }
    socket.off('data', onData);
    socket.pause();
    const all = Buffer.concat(chunks);
    const end = size - chunk.length + at;
    const request = parseRequest(all.subarray(0, end).toString('utf8'));
    if (request === undefined) socket.destroy();
    else onRequest(request, all.subarray(end + 1));
  };
  socket.on('data', onData);
}

function parseRequest(line: string): ControlRequest | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('op' in value) || typeof value.op !== 'string')
      return undefined;
    const params = 'params' in value && typeof value.params === 'object' && value.params !== null ? value.params : {};
    return { op: value.op, params: { ...params } };
  } catch {
    return undefined;
  }
}

async function answer(socket: Socket, request: ControlRequest, handlers: ControlHandlers): Promise<void> {
  const gone = new AbortController();
  socket.resume();
  for (const event of ['end', 'close'] as const) {
    socket.once(event, () => {
      gone.abort();
    });
  }
  const tell = (line: ControlLine): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
  };
  try {
    tell({ ok: true, value: await handlers.answer(request, tell, gone.signal) });
  } catch (error) {
    tell(failure(error));
  }
  socket.end();
}

function forward(socket: Socket, request: ControlRequest, rest: Buffer, handlers: ControlHandlers): void {
  const refuse = (error: unknown): void => {
    socket.end(`${JSON.stringify(failure(error))}\n`);
  };
  let target: { readonly host: string; readonly port: number };
  try {
    target = handlers.forward(request);
  } catch (error) {
    refuse(error);
    return;
  }
  const remote = connect({ ...target, allowHalfOpen: true });
  remote.once('error', refuse);
  remote.once('connect', () => {
    remote.off('error', refuse);
    socket.write(`${JSON.stringify({ ok: true, value: {} } satisfies ControlLine)}\n`);
    if (rest.length > 0) remote.write(rest);
    socket.pipe(remote);
    remote.pipe(socket);
    remote.once('error', () => socket.destroy());
    // Either end gone for good: the other one has nobody to talk to.
    socket.once('close', () => remote.destroy());
    remote.once('close', () => {
      if (!socket.writableEnded) socket.end();
    });
  });
  socket.once('close', () => remote.destroy());
}

function failure(error: unknown): ControlLine {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'control_failed';
  return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
}
