/** A series over time, or at one moment: `[seconds, value]`. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [number, number])[];
}

/** What a query came to. An answer without series is an answer. */
export type Answer =
  { readonly ok: true; readonly series: readonly Series[] } | { readonly ok: false; readonly reason: string };

/** When and how finely a range is asked for, in seconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** The part of Prometheus' HTTP API that dashboards use; VictoriaMetrics and Thanos answer the same. */
export interface PrometheusApi {
  readonly query: (expr: string, at: number) => Promise<Answer>;
  readonly queryRange: (expr: string, range: Range) => Promise<Answer>;
  /** Values of a label on what a selector selects. */
  readonly labelValues: (
    label: string,
    selector: string,
    range: Pick<Range, 'start' | 'end'>,
  ) => Promise<
    { readonly ok: true; readonly values: readonly string[] } | { readonly ok: false; readonly reason: string }
  >;
}

const timeoutMs = 20_000;

/** Talks to a Prometheus-compatible server at `url`; ends with `signal`. Failures are answers, not exceptions. */
export function prometheusApi(url: string, signal: AbortSignal): PrometheusApi {
  const base = url.replace(/\/+$/u, '');
  const ask = async (path: string, parameters: Readonly<Record<string, string>>): Promise<Reply> => {
    try {
      const response = await fetch(`${base}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return readReply(response.status, await response.text());
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { ok: false, reason: `no answer from ${base}: ${cause instanceof Error ? cause.message : String(cause)}` };
    }
  };
  return {
    async query(expr, at) {
      return asAnswer(await ask('query', { query: expr, time: String(at) }));
    },
    async queryRange(expr, { start, end, step }) {
      return asAnswer(
        await ask('query_range', { query: expr, start: String(start), end: String(end), step: String(step) }),
      );
    },
    async labelValues(label, selector, { start, end }) {
      const reply = await ask(`label/${label}/values`, {
        'match[]': selector,
        start: String(start),
        end: String(end),
      });
      if (!reply.ok) return reply;
      const values = Array.isArray(reply.data) ? reply.data.filter((one) => typeof one === 'string') : [];
      return { ok: true, values: values.toSorted() };
    },
  };
}

type Reply = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly reason: string };

/** The envelope of an answer: an error is told in the body, whatever the status. */
export function readReply(status: number, body: string): Reply {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { ok: false, reason: `status ${status} and no JSON: ${body.slice(0, 120)}` };
  }
  if (!isRecord(parsed)) return { ok: false, reason: `status ${status} and no object` };
  if (parsed['status'] === 'success') return { ok: true, data: parsed['data'] };
  const { error } = parsed;
  return { ok: false, reason: `status ${status}: ${typeof error === 'string' ? error : body.slice(0, 120)}` };
}

function asAnswer(reply: Reply): Answer {
  if (!reply.ok) return reply;
  const result = isRecord(reply.data) ? reply.data['result'] : undefined;
  if (!Array.isArray(result)) return { ok: false, reason: 'the answer has no result' };
  return { ok: true, series: result.filter(isRecord).map(readSeries) };
}

function readSeries(one: Readonly<Record<string, unknown>>): Series {
  const { metric, value, values } = one;
  const labels = isRecord(metric)
    ? Object.fromEntries(Object.entries(metric).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
    : {};
  const raw: readonly unknown[] = Array.isArray(values) ? values : [value];
  const points = raw.flatMap((pair) =>
    Array.isArray(pair) && pair.length === 2 ? [[Number(pair[0]), toNumber(pair[1])] as const] : [],
  );
  return { labels, points };
}

/** Prometheus spells infinities `+Inf` and `-Inf`. */
function toNumber(text: unknown): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
