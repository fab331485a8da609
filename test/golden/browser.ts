import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { browserArguments, findChromium } from '../../packages/audit/src/pdf.ts';

/** A Chromium with one page, driven over pipes: it listens on no port and finds no network. */
export interface Browser {
  /** Sends a command of the DevTools protocol to the page. Rejects with what the browser says. */
  send(method: string, parameters?: object): Promise<Readonly<Record<string, unknown>>>;
  /** Loads a page and resolves once everything in it has loaded. */
  load(url: string): Promise<void>;
  /** Every address that the page asked for so far. */
  readonly requested: readonly string[];
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Starts the first Chromium on the PATH. Throws when there is none. */
export async function startBrowser(): Promise<Browser> {
  const chromium = await findChromium(process.env['PATH']);
  if (chromium === undefined) throw new Error('no chromium on the PATH: apt-get install chromium');
  const profile = await mkdtemp(join(tmpdir(), 'pgattest-browser-'));
  const child = spawn(
    chromium,
    [...browserArguments(profile), '--remote-debugging-pipe'],
    // A group of its own, so that no helper process outlives it.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const close = async (): Promise<void> => {
    await ended(child);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await connect(child)), close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const isOver = child.exitCode !== null || child.signalCode !== null;
  const over = isOver ? undefined : new Promise((resolve) => child.once('close', resolve));
  if (child.pid !== undefined && !isOver) process.kill(-child.pid, 'SIGKILL');
  await over;
}

async function connect(child: ChildProcess): Promise<Omit<Browser, 'close'>> {
  const [, , , input, output] = child.stdio;
  if (!(input instanceof Writable) || !(output instanceof Readable)) throw new Error('chromium has no pipes');
  const waiting = new Map<number, { resolve: (result: NonNullable<Message['result']>) => void; reject: (error: Error) => void }>();
  const requested: string[] = [];
  let loaded: (() => void) | undefined;
  const take = (message: Message): void => {
    if (message.method === 'Page.loadEventFired') loaded?.();
    if (message.method === 'Network.requestWillBeSent') requested.push(message.params?.request?.url ?? '');
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (asked === undefined) return;
    if (message.error === undefined) asked.resolve(message.result ?? {});
    else asked.reject(new Error(message.error.message));
  };
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = `${rest}${chunk}`.split('\0');
    rest = parts.pop() ?? '';
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the protocol says so
    for (const part of parts) take(JSON.parse(part) as Message);
  });
  child.once('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('chromium ended'));
  });
  let last = 0;
  const command = (method: string, params: object, sessionId?: string): Promise<NonNullable<Message['result']>> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    });
  const { targetId } = await command('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await command('Target.attachToTarget', { targetId, flatten: true });
  const send: Browser['send'] = (method, parameters = {}) => command(method, parameters, String(sessionId));
  await send('Page.enable');
  await send('Network.enable');
  return {
    send,
    requested,
    async load(url) {
      const done = new Promise<void>((resolve) => (loaded = resolve));
      await send('Page.navigate', { url });
      await done;
    },
  };
}
