import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { startPgExporter, type PgExporterOptions, type ServedExporter } from '@pgattest/exporter';
import type { DemoCluster, DemoNode } from '@pgattest/lab';
import { createLogger, parseExposition, urlOf, type Family } from '@pgattest/runtime';

/** A guard against hanging; longer than any exporter here takes. */
const fetchTimeoutMs = 90_000;

/** One answer of /metrics, read strictly. */
export interface Scrape {
  readonly status: number;
  readonly text: string;
  readonly families: readonly Family[];
  /** Value of the one series of that name whose labels include these; undefined when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
  /** The label `class` of the error that keeps the server unread. */
  readonly errorClass: string | undefined;
  /** Ids of collectors that were asked and failed, with the class of the error. */
  readonly failing: Readonly<Record<string, string>>;
}

/** An exporter under test with its log. */
export interface TestExporter {
  readonly url: string;
  readonly log: () => string;
  scrape(headers?: Readonly<Record<string, string>>): Promise<Scrape>;
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

type Overrides = Partial<Omit<PgExporterOptions, 'logger'>>;

/**
 * Deadlines of every exporter under test. What it does in a deadline is tested with deadlines of its own; elsewhere a
 * machine that is slow for a second must not look like a server that is.
 */
const patient = { connectTimeoutMs: 30_000, queryTimeoutMs: 30_000, scrapeTimeoutMs: 60_000 } as const;

/** The deadlines of the program, for tests of servers that do not answer. */
export const impatient = { connectTimeoutMs: 1000, queryTimeoutMs: 1000, scrapeTimeoutMs: 10_000 } as const;

/** The exporters of a test file, all of which are closed after each test. */
export interface Exporters {
  /** Starts one on a free port for a node of a demo cluster, as its monitor role. */
  start(cluster: DemoCluster, node: DemoNode, overrides?: Overrides): Promise<TestExporter>;
  readonly closeAll: () => Promise<void>;
}

/** Remembers what it starts, so that a failing test leaves nothing running. */
export function createExporters(): Exporters {
  const started = new Set<TestExporter>();
  return {
    async start(cluster, node, overrides = {}) {
      const exporter = await startTestExporter(cluster, node, overrides);
      started.add(exporter);
      return exporter;
    },
    async closeAll() {
      const closing = [...started].map((exporter) => exporter.close());
      started.clear();
      await Promise.all(closing);
    },
  };
}

async function startTestExporter(cluster: DemoCluster, node: DemoNode, overrides: Overrides): Promise<TestExporter> {
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const exporter: ServedExporter = await startPgExporter({
    url: cluster.dsn(node, 'monitor'),
    env: {},
    listen: [{ host: '127.0.0.1', port: 0 }],
    logger: createLogger({ level: 'debug', format: 'logfmt', stream }),
    ...patient,
    ...overrides,
  });
  let closed: Promise<void> | undefined;
  const [address] = exporter.addresses;
  if (address === undefined) throw new Error('the exporter listens nowhere');
  const url = urlOf(address);
  return {
    url,
    log: () => log,
    scrape: (headers) => scrape(`${url}/metrics`, headers),
    get: async (path) => {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(fetchTimeoutMs) });
      return { status: response.status, body: await response.text() };
    },
    close: () => (closed ??= exporter.close()),
  };
}

/** GET a metrics page and parse it strictly. */
export async function scrape(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Scrape> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(fetchTimeoutMs) });
  const text = await response.text();
  const families = parseExposition(text);
  const series = (
    name: string,
  ): readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[] =>
    families
      .filter((family) => family.name === name)
      .flatMap(({ labelNames, samples }) =>
        samples.map(({ labels, value }) => ({
          labels: Object.fromEntries(labelNames.map((label, at) => [label, labels[at] ?? ''])),
          value,
        })),
      );
  return {
    status: response.status,
    text,
    families,
    value: (name, labels = {}) =>
      series(name).find((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))?.value,
    errorClass: series('pg_exporter_server_last_error_info')[0]?.labels['class'],
    failing: Object.fromEntries(
      series('pg_exporter_query_last_error_info').map(({ labels }) => [labels['query'] ?? '', labels['class'] ?? '']),
    ),
  };
}

/** What `promtool check metrics` calls a parse error; lint remarks about inherited names are not. */
export async function promtoolParseErrors(text: string): Promise<string> {
  const child = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdin.end(text);
  await once(child, 'close');
  const code = child.exitCode;
  const said = Buffer.concat(output).toString();
  // 3 = it parsed and had remarks.
  return code === 0 || code === 3 ? '' : `exit ${String(code)}: ${said}`;
}
