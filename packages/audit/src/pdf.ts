import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFileAtomic } from '@pgattest/runtime';

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

/** The first Chromium on the search path `path` (as in `PATH`); undefined when there is none. */
export async function findChromium(path: string | undefined): Promise<string | undefined> {
  for (const directory of (path ?? '').split(delimiter)) {
    for (const name of browsers) {
      if (directory === '') continue;
      const file = join(directory, name);
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return file;
    }
  }
  return undefined;
}

/** Longest time one PDF may take: the report of a whole cluster has hundreds of pages, and the machine may be busy. */
export const printTimeoutMs = 180_000;

export interface PrintOptions {
  readonly chromium: string;
  /** HTML file to print, absolute. */
  readonly html: string;
  readonly pdf: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Prints an HTML file with a browser that has a profile of its own, which is removed afterwards, and no network to look
 * for. The PDF appears whole or not at all. Rejects naming the file and why; the browser has ended then.
 */
export async function printPdf({ chromium, html, pdf, timeoutMs, signal }: PrintOptions): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'pgattest-print-'));
  try {
    const printed = join(profile, 'printed.pdf');
    const said = await runBrowser(chromium, printArguments(profile, printed, html), timeoutMs, signal);
    const bytes = await readFile(printed).catch((cause: unknown) => {
      throw new Error(`cannot print ${html}: ${chromium} wrote nothing: ${said}`, { cause });
    });
    if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) {
      throw new Error(`cannot print ${html}: ${chromium} wrote something that is no PDF: ${said}`);
    }
    await writeFileAtomic(pdf, bytes, 0o640);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * A browser without a window, of one profile, that finds no network. Pages are our own files: hence no sandbox, which root
 * could not have.
 */
export const browserArguments = (profile: string): readonly string[] => [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  `--user-data-dir=${profile}`,
];

const printArguments = (profile: string, printed: string, html: string): readonly string[] => [
  ...browserArguments(profile),
  '--no-pdf-header-footer',
  `--print-to-pdf=${printed}`,
  pathToFileURL(html).href,
];

/** Resolves with the last line it said, once it and its helpers have ended. */
async function runBrowser(
  chromium: string,
  args: readonly string[],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  // A group of its own, so that no helper process outlives it.
  const child = spawn(chromium, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const stop = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (cause) {
      // ESRCH: the group has ended by itself.
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
    }
  };
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    stop();
  }, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted === true) stop();
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    signal?.throwIfAborted();
    if (late.signal.aborted) throw new Error(`${chromium} did not print within ${timeoutMs / 1000} s and was ended`);
    const line = said.trim().split('\n').at(-1) ?? '';
    if (code !== 0) throw new Error(`${chromium} ended with exit code ${code ?? 'none'}: ${line}`);
    return line;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
