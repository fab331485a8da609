import { PassThrough } from 'node:stream';
import { startBackrestExporter, type BackrestExporterOptions } from '@pgattest/exporter';
import { createLogger, parseExposition, urlOf, type Family } from '@pgattest/runtime';
import { expect } from 'vitest';
import { serverUser, type BackrestServer } from './pgbackrest-server.ts';

type Labels = Readonly<Record<string, string>>;

/** One answer of /metrics. */
export interface BackrestPage {
  readonly text: string;
  readonly families: readonly Family[];
  /** Value of the first series of that name whose labels include these; undefined when there is none. */
  value(name: string, labels?: Labels): number | undefined;
  /** Labels of all series of that name. */
  labels(name: string): readonly Labels[];
}

/** A pgBackRest exporter under test, with its log. */
export interface TestBackrestExporter {
  readonly url: string;
  readonly log: () => string;
  page(): Promise<BackrestPage>;
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Has everything collected anew and waits until the page is as wanted: its pause is too long to help. */
  collectUntil(isWanted: (page: BackrestPage) => boolean, what: string): Promise<BackrestPage>;
  close(): Promise<void>;
}

const patienceMs = 180_000;
const askAgainMs = 40_000;

/** Starts one for a server, with a pause between collections that no test outlives. */
export async function startTestBackrestExporter(
  server: BackrestServer,
  overrides: Partial<Omit<BackrestExporterOptions, 'logger'>> = {},
): Promise<TestBackrestExporter> {
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exporter = await startBackrestExporter({
    env: process.env,
    config: server.config,
    ...(serverUser === undefined ? {} : { user: serverUser }),
    collectIntervalMs: 86_400_000,
    walGraceMs: 0,
    pgUrl: server.url,
    listen: [{ host: '127.0.0.1', port: 0 }],
    logger: createLogger({ level: 'debug', format: 'logfmt', stream }),
    ...overrides,
  });
  const [address] = exporter.addresses;
  if (address === undefined) throw new Error('the exporter listens nowhere');
  const url = urlOf(address);
  const get = async (path: string): Promise<{ readonly status: number; readonly body: string }> => {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(60_000) });
    return { status: response.status, body: await response.text() };
  };
  const collect = async (): Promise<void> => {
    const response = await fetch(`${url}/reload`, { method: 'POST', signal: AbortSignal.timeout(60_000) });
    expect(response.status).toBe(200);
  };
  const page = async (): Promise<BackrestPage> => readPage((await get('/metrics')).body);
  return {
    url,
    log: () => log,
    page,
    get,
    async collectUntil(isWanted, what) {
      await collect();
      const beganMs = performance.now();
      let askedMs = beganMs;
      for (;;) {
        const current = await page();
        if (isWanted(current)) return current;
        const nowMs = performance.now();
        if (nowMs > beganMs + patienceMs) throw new Error(`never ${what}\n${ownLines(current.text)}\n${log}`);
        // One collection shows it; on a busy machine the server may have been too slow for it.
        if (nowMs > askedMs + askAgainMs) {
          await collect();
          askedMs = nowMs;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    close: () => exporter.close(),
  };
}

/** Reads a page strictly. */
export function readPage(text: string): BackrestPage {
  const families = parseExposition(text);
  const series = (name: string): readonly { readonly labels: Labels; readonly value: number }[] =>
    families
      .filter((family) => family.name === name)
      .flatMap(({ labelNames, samples }) =>
        samples.map(({ labels, value }) => ({
          labels: Object.fromEntries(labelNames.map((label, at) => [label, labels[at] ?? ''])),
          value,
        })),
      );
  return {
    text,
    families,
    value: (name, labels = {}) =>
      series(name).find((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))?.value,
    labels: (name) => series(name).map((one) => one.labels),
  };
}

/** What a failing test needs to show: no comments, no processes, no single backups. */
function ownLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^#|^process_|^pgbackrest_backup_|_runs_total|_interval_/.test(line))
    .join('\n');
}
