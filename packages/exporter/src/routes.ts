import {
  expose,
  expositionContentType,
  processFamilies,
  redactSecrets,
  RuntimeError,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from '@pgattest/runtime';
import { exposeInTurns } from './exposition-turns.ts';
import { healthStatus, type HealthQuestion } from './health-state.ts';
import type { Prober } from './prober.ts';
import { scrapeBudgetMs, scrapeTimeoutHeader } from './scrape-budget.ts';
import type { Collected, ExporterApplication, ExporterSource } from './source-api.ts';
import { landingPage, versionText } from './status-pages.ts';

/** What the routes show and where. */
export interface RouteContext {
  readonly application: ExporterApplication;
  /** Undefined = no /probe. */
  readonly prober: Prober | undefined;
  readonly telemetryPath: string;
  readonly scrapeTimeoutMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly reloadOnGet: boolean;
  readonly reload: () => Promise<void>;
}

const healthPaths: Readonly<Record<HealthQuestion, readonly string[]>> = {
  up: ['/up', '/read', '/health', '/liveness', '/readiness'],
  primary: ['/primary', '/leader', '/master', '/read-write', '/rw'],
  replica: ['/replica', '/standby', '/slave', '/read-only', '/ro'],
};
const plainText = 'text/plain; charset=utf-8';

/** Texts of what was collected, by scrape: what its callers share is written once. */
type Rendered = WeakMap<Collected, Promise<readonly Uint8Array[]>>;

/** Everything the exporter serves; unknown paths are the server's 404. Errors: usage, for a telemetry path in use. */
export function exporterRoutes(context: RouteContext): readonly Route[] {
  const { application, prober } = context;
  const { source } = application;
  const health = Object.entries(healthPaths).flatMap(([question, paths]) =>
    paths.map((path) =>
      get(path, () => {
        const state = source.health();
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of healthPaths
        return { status: healthStatus(state, question as HealthQuestion), contentType: plainText, body: state };
      }),
    ),
  );
  const others: readonly Route[] = [
    ...health,
    get('/explain', () => textOr503(source.explain(), 'the server has not answered yet, so there is no plan\n')),
    get('/stat', () => textOr503(source.stat(), 'there was no scrape yet\n')),
    get('/api/status', () => ({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: source.status(),
    })),
    get('/version', () => text(200, versionText(application.program))),
    { method: 'POST', path: '/reload', handle: () => reload(context) },
    ...(context.reloadOnGet ? [get('/reload', () => reload(context))] : []),
    get('/', () => ({ status: 200, contentType: 'text/html; charset=utf-8', body: landing(context) })),
  ];
  refuseTelemetryPath(
    context.telemetryPath,
    others.map(({ path }) => path),
  );
  const rendered: Rendered = new WeakMap();
  const metrics = get(context.telemetryPath, (request) => scrape(context, source, request, rendered));
  if (prober === undefined) return [metrics, ...others];
  return [metrics, get('/probe', (request) => probe(context, prober, request, rendered)), ...others];
}

async function scrape(
  context: RouteContext,
  source: ExporterSource,
  { headers, signal }: HttpRequest,
  rendered: Rendered,
): Promise<HttpResponse> {
  const budgetMs = scrapeBudgetMs(headers[scrapeTimeoutHeader], context.scrapeTimeoutMs);
  const report = await source.scrape({ budgetMs, signal });
  if (report === undefined) return text(503, 'the client went away\n');
  const { self, collected } = report;
  const shared = rendered.get(collected) ?? exposeInTurns(collected.families, context.labels);
  rendered.set(collected, shared);
  const own = Buffer.from(expose(self, context.labels));
  const body = Buffer.concat([own, ...(await shared), Buffer.from(expose(await processFamilies()))]);
  // Whoever shares this scrape has asked by now; until the next one nobody needs the text.
  rendered.delete(collected);
  return { status: 200, contentType: expositionContentType, body };
}

/** As /metrics, for a target of the list; one that is down is 200 and its metrics say so. */
async function probe(
  context: RouteContext,
  prober: Prober,
  request: HttpRequest,
  rendered: Rendered,
): Promise<HttpResponse> {
  const name = request.query.get('target');
  if (name === null || name === '') return text(400, 'target is missing; ask for /probe?target=NAME\n');
  let source: ExporterSource | undefined;
  try {
    source = await prober.find(name);
  } catch (error) {
    return text(500, `cannot use the target: ${reasonOf(error)}\n`);
  }
  if (source === undefined) return text(404, 'there is no such target; add it to the file of --probe.targets\n');
  return scrape(context, source, request, rendered);
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

function landing({ application, telemetryPath }: RouteContext): string {
  return landingPage(application.program, [
    { path: telemetryPath, what: 'metrics' },
    ...application.healthLinks,
    { path: '/explain', what: 'what is collected, and what is not, with the reason' },
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

function textOr503(body: string | undefined, why: string): HttpResponse {
  return body === undefined ? text(503, why) : text(200, body);
}

function text(status: number, body: string): HttpResponse {
  return { status, contentType: plainText, body };
}
