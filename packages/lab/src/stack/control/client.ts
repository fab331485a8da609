import { connect, type Socket } from 'node:net';
import { RuntimeError } from '@pgattest/runtime';
import { LabError } from '../../errors.ts';
import type { ControlLine, ControlOperation, ControlRequests, StartEvent } from './protocol.ts';

/** How long to wait, and whom to tell of events. */
export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: StartEvent) => void;
}

/** Asks the supervisor behind a control socket. Errors: not_running when nobody is there, else the supervisor's own. */
export async function callLab<Op extends Exclude<ControlOperation, 'forward'>>(
  socketPath: string,
  op: Op,
  params: ControlRequests[Op]['params'],
  options: CallOptions = {},
): Promise<ControlRequests[Op]['answer']> {
  const { timeoutMs = 60_000, signal, onEvent } = options;
  signal?.throwIfAborted();
  const socket = await openControl(socketPath);
  const limit = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  try {
    socket.write(`${JSON.stringify({ op, params })}\n`);
    const value = await new Promise<unknown>((resolve, reject) => {
      const abandon = (): void => {
        reject(signal?.aborted === true ? new DOMException('interrupted', 'AbortError') : late(op, timeoutMs));
      };
      stop.addEventListener('abort', abandon, { once: true });
      // It may have come while the connection was made.
      if (stop.aborted) abandon();
      readLines(socket, (line) => {
        if ('event' in line) onEvent?.(line.event);
        else if (line.ok) resolve(line.value);
        else reject(errorOf(line));
      });
      socket.once('close', () => {
        reject(new LabError('not_running', `the lab ended while it was asked to ${op}`));
      });
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the supervisor is this very program
    return value as ControlRequests[Op]['answer'];
  } finally {
    socket.destroy();
  }
}

/** A connection through the supervisor to a port of a host of the lab, ready to carry bytes. */
export async function openForward(socketPath: string, host: string, port: number): Promise<Socket> {
  const socket = await openControl(socketPath);
  socket.write(`${JSON.stringify({ op: 'forward', params: { host, port } })}\n`);
  try {
    await new Promise<void>((resolve, reject) => {
      let head = Buffer.alloc(0);
      const onData = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\n');
        if (end === -1) return;
        socket.off('data', onData);
        socket.pause();
        const line = parseLine(head.subarray(0, end).toString('utf8'));
        if (line === undefined || 'event' in line || !line.ok) {
          reject(line === undefined || 'event' in line ? new LabError('control_failed', 'no answer') : errorOf(line));
          return;
        }
        // A server that speaks first, such as PostgreSQL after an error, may have said something already.
        if (end + 1 < head.length) socket.unshift(head.subarray(end + 1));
        resolve();
      };
      socket.on('data', onData);
      socket.once('close', () => {
        reject(new LabError('not_running', 'the lab ended'));
      });
      socket.once('error', reject);
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function openControl(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.once('error', (cause) => {
      reject(new LabError('not_running', `no lab answers at ${path}: ${cause.message}`, { cause }));
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      // Broken connections show as their end.
      socket.on('error', () => {
        socket.destroy();
      });
      resolve(socket);
    });
  });
}

function readLines(socket: Socket, onLine: (line: ControlLine) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const parsed = parseLine(line);
      if (parsed !== undefined) onLine(parsed);
    }
  });
}

function parseLine(text: string): ControlLine | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the supervisor is this very program
    return JSON.parse(text) as ControlLine;
  } catch {
    return undefined;
  }
}

function errorOf(line: { readonly code: string; readonly message: string }): Error {
  if (line.code === 'usage') return new RuntimeError('usage', line.message);
  return new LabError('control_failed', line.message);
}

function late(op: string, timeoutMs: number): LabError {
  return new LabError('timeout', `the lab did not answer to ${op} within ${timeoutMs / 1000} s`);
}
