import { PassThrough } from 'node:stream';
import { startPgbouncerExporter, type PgbouncerExporterOptions } from '@pgattest/exporter';
import { createLogger, urlOf } from '@pgattest/runtime';
import { scrape, type Scrape } from '../../e2e/exporter-harness.ts';

/** An exporter under test with its log. */
export interface TestExporter {
  readonly url: string;
  readonly log: () => string;
  scrape(): Promise<Scrape>;
  /** Scrapes until the condition holds; throws with the last page when it never does. */
  until(condition: (page: Scrape) => boolean): Promise<Scrape>;
  get(path: string, method?: string): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

const patienceMs = 45_000;

/** Starts one on a free port of loopback; the caller closes it. */
export async function startExporter(
  options: Partial<PgbouncerExporterOptions> & Pick<PgbouncerExporterOptions, 'url'>,
): Promise<TestExporter> {
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exporter = await startPgbouncerExporter({
    env: {},
    listen: [{ host: '127.0.0.1', port: 0 }],
    logger: createLogger({ level: 'debug', format: 'logfmt', stream }),
    disableCache: true,
    // A busy machine is no trouble: what shall time out says so itself.
    connectTimeoutMs: 15_000,
    commandTimeoutMs: 15_000,
    healthTimeoutMs: 15_000,
    scrapeTimeoutMs: 18_000,
    ...options,
  });
  const [address] = exporter.addresses;
  if (address === undefined) throw new Error('the exporter listens nowhere');
  const url = urlOf(address);
  const page = (): Promise<Scrape> => scrape(`${url}/metrics`);
  return {
    url,
    log: () => log,
    scrape: page,
    async until(condition) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const seen = await page();
        if (condition(seen)) return seen;
        if (Date.now() > deadline) throw new Error(`it never was as expected; the last page was\n${seen.text}\n${log}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 200);
        });
      }
    },
    async get(path, method = 'GET') {
      const response = await fetch(url + path, { method, signal: AbortSignal.timeout(20_000) });
      return { status: response.status, body: await response.text() };
    },
    close: () => exporter.close(),
  };
}

/** Labels of every series of a name. */
export function seriesOf(page: Scrape, name: string): readonly Readonly<Record<string, string>>[] {
  return page.families
    .filter((family) => family.name === name)
    .flatMap(({ labelNames, samples }) =>
      samples.map(({ labels }) => Object.fromEntries(labelNames.map((label, at) => [label, labels[at] ?? '']))),
    );
}
