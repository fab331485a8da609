import {
  expose,
  expositionContentType,
  processFamilies,
  redactSecrets,
  RuntimeError,
  type Family,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from '@pgattest/runtime';
import { exposeInTurns } from './exposition-turns.ts';
import { explainInstance } from './explain.ts';
import { healthStatus, type HealthQuestion } from './health-state.ts';
import type { HealthMonitor } from './health.ts';
import { withConstantLabels, type Merged } from './merge.ts';
import type { Prober } from './prober.ts';
import { scrapeBudgetMs, scrapeTimeoutHeader } from './scrape-budget.ts';
import { mergeInTurns, type InstanceScraper } from './instance.ts';
import type { InstanceReport } from './scrape-report.ts';
import { selfFamilies, selfMetricNames, type SelfContext } from './self-families.ts';
import type { TlsState } from './tls-families.ts';
import { statusDocument } from './status-document.ts';
import { landingPage, statText, versionText } from './status-pages.ts';

/** What the routes show and where. */
export interface RouteContext {
  readonly scraper: InstanceScraper;
  readonly health: HealthMonitor;
  readonly latest: () => InstanceReport | undefined;
  readonly telemetryPath: string;
  readonly scrapeTimeoutMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly hasSelfMetrics: boolean;
  /** Self metrics' context for a scrape with this budget. */
  readonly self: (budgetSeconds: number) => SelfContext;
  /** Of the server of /metrics; nobody looks at those of /probe. */
  readonly tls: () => TlsState;
  /** Undefined = no /probe. */
  readonly prober: Prober | undefined;
  readonly reloadOnGet: boolean;
  readonly reload: () => Promise<void>;
}

const healthPaths: Readonly<Record<HealthQuestion, readonly string[]>> = {
  up: ['/up', '/read', '/health', '/liveness', '/readiness'],
  primary: ['/primary', '/leader', '/master', '/read-write', '/rw'],
  replica: ['/replica', '/standby', '/slave', '/read-only', '/ro'],
};
const plainText = 'text/plain; charset=utf-8';

/** Texts of what was collected, by scrape. */
type Rendered = WeakMap<Merged, Promise<string>>;

/** Everything the exporter serves; unknown paths are the server's 404. Errors: usage, for a telemetry path in use. */
export function exporterRoutes(context: RouteContext): readonly Route[] {
  const health = Object.entries(healthPaths).flatMap(([question, paths]) =>
    paths.map((path) =>
      get(path, () => {
        const { state } = context.health;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of healthPaths
        return { status: healthStatus(state, question as HealthQuestion), contentType: plainText, body: state };
      }),
    ),
  );
  const others: readonly Route[] = [
    ...health,
    get('/explain', () => explain(context)),
    get('/stat', () => stat(context)),
    get('/api/status', () => ({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: statusDocument(context.latest() ?? context.scraper.known()),
    })),
    get('/version', () => text(200, versionText)),
    { method: 'POST', path: '/reload', handle: () => reload(context) },
    ...(context.reloadOnGet ? [get('/reload', () => reload(context))] : []),
    get('/', () => ({ status: 200, contentType: 'text/html; charset=utf-8', body: landing(context.telemetryPath) })),
  ];
  refuseTelemetryPath(
    context.telemetryPath,
    others.map(({ path }) => path),
  );
  const rendered: Rendered = new WeakMap();
  const metrics = get(context.telemetryPath, (request) => scrape(context, context.scraper, request, rendered));
  const { prober } = context;
  if (prober === undefined) return [metrics, ...others];
  return [metrics, get('/probe', (request) => probe(context, prober, request, rendered)), ...others];
}

async function scrape(
  context: RouteContext,
  scraper: InstanceScraper,
  { headers, signal }: HttpRequest,
  rendered: Rendered,
): Promise<HttpResponse> {
  const budgetMs = scrapeBudgetMs(headers[scrapeTimeoutHeader], context.scrapeTimeoutMs);
  const report = await scraper.scrape({ budgetMs, signal });
  if (report === undefined) return text(503, 'the client went away\n');
  const own = context.self(budgetMs / 1000);
  const self = scraper === context.scraper ? { ...own, tls: context.tls() } : own;
  const body = await exposition(context, report, self, rendered);
  return { status: 200, contentType: expositionContentType, body };
}

/** As /metrics, for a server of the list; one that is down is 200 with `pg_up 0`. */
async function probe(
  context: RouteContext,
  prober: Prober,
  request: HttpRequest,
  rendered: Rendered,
): Promise<HttpResponse> {
  const name = request.query.get('target');
  if (name === null || name === '') return text(400, 'target is missing; ask for /probe?target=NAME\n');
  let scraper: InstanceScraper | undefined;
  try {
    scraper = await prober.find(name);
  } catch (error) {
    return text(500, `cannot use the target: ${reasonOf(error)}\n`);
  }
  if (scraper === undefined) return text(404, 'there is no such target; add it to the file of --probe.targets\n');
  return scrape(context, scraper, request, rendered);
}

async function exposition(
  context: RouteContext,
  report: InstanceReport,
  self: SelfContext,
  rendered: Rendered,
): Promise<string> {
  const ours = context.hasSelfMetrics ? selfFamilies(report, self) : [];
  const merged = report.merged ?? (await mergeInTurns([report.main, ...report.databases]));
  // What callers of one scrape share is written once.
  const collected = rendered.get(merged) ?? exposeInTurns(withoutSelf(merged, context), context.labels);
  rendered.set(merged, collected);
  return expose(withConstantLabels(ours, context.labels)) + (await collected) + expose(await processFamilies());
}

/** A collector of a user may not speak in the exporter's name. */
function withoutSelf({ families }: Merged, { hasSelfMetrics, self }: RouteContext): readonly Family[] {
  if (!hasSelfMetrics) return families;
  const ours = selfMetricNames(self(0).namespace);
  return families.filter(({ name }) => !ours.has(name));
}

function explain(context: RouteContext): HttpResponse {
  const report = context.latest();
  const plans = report === undefined ? '' : explainInstance(report);
  return plans === '' ? text(503, 'the server has not answered yet, so there is no plan\n') : text(200, plans);
}

/** What went wrong is in the answer too: it is for the operator who asked. */
async function reload(context: RouteContext): Promise<HttpResponse> {
  try {
    await context.reload();
    return text(200, 'server reloaded\n');
  } catch (error) {
    return text(500, `fail to reload: ${reasonOf(error)}\n`);
  }
}

function reasonOf(error: unknown): string {
  return redactSecrets(error instanceof Error ? error.message : String(error));
}

function stat(context: RouteContext): HttpResponse {
  const report = context.latest();
  return report === undefined ? text(503, 'there was no scrape yet\n') : text(200, statText(report));
}

function landing(telemetryPath: string): string {
  return landingPage([
    { path: telemetryPath, what: 'metrics' },
    { path: '/health', what: 'is the server up; also /up /read /liveness /readiness' },
    { path: '/primary', what: 'is it a primary; also /leader /master /read-write /rw' },
    { path: '/replica', what: 'is it a replica; also /standby /slave /read-only /ro' },
    { path: '/explain', what: 'what is collected, with its SQL, and what is not, with the reason' },
    { path: '/stat', what: 'how the collectors did' },
    { path: '/api/status', what: 'the same with every reason, as JSON' },
    { path: '/version', what: 'version of this program' },
  ]);
}

function refuseTelemetryPath(path: string, taken: readonly string[]): void {
  if (
    !/^\/[A-Za-z0-9._~/-]+$/.test(path) ||
    path.includes('//') ||
    /\/\.{1,2}(?:\/|$)/.test(path) ||
    path.endsWith('/')
  ) {
    throw new RuntimeError('usage', `--web.telemetry-path "${path}" must be a plain absolute path such as /metrics`);
  }
  if (taken.includes(path)) {
    throw new RuntimeError('usage', `--web.telemetry-path "${path}" is served for something else; choose another`);
  }
}

function get(path: string, handle: Route['handle']): Route {
  return { method: 'GET', path, handle };
}

function text(status: number, body: string): HttpResponse {
  return { status, contentType: plainText, body };
}
