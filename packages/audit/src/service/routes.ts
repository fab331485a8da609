import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  expose,
  expositionContentType,
  processFamilies,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from '@pgattest/runtime';
import type { Language } from '../text.ts';
import type { Auditor } from './auditor.ts';
import { auditFamilies } from './metrics.ts';
import { auditorPage } from './page.ts';
import { shareFamilies } from './sharing/metrics.ts';
import type { ClusterState } from './state.ts';

export interface RouteOptions {
  readonly intervalMs: number;
  /** Of pages when the request asks for none. */
  readonly language: Language;
  readonly now: () => Date;
}

const html = 'text/html; charset=utf-8';
const text = 'text/plain; charset=utf-8';
const json = 'application/json; charset=utf-8';
/** Reports carry their own policy; nothing served here is to be guessed, framed or cached. */
const headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/** Report files as they are served, with their content types. */
const reportTypes: Readonly<Record<string, string>> = {
  'report.html': html,
  'report.zh.html': html,
  'report.json': json,
  'report.txt': text,
  'report.zh.txt': text,
};

/**
 * `/` service page, `/metrics`, `/-/healthy`, `/-/ready` (200 once every cluster that is its own was audited), `POST
 * /run`, and per cluster `/clusters/<cluster>/report.*` with the very bytes on disk; `/report` and `/report.json` lead
 * to the cluster that `?cls=` names, or to the only one.
 */
export function auditRoutes(auditor: Auditor, options: RouteOptions): readonly Route[] {
  const find = (cluster: string): ClusterState | undefined => auditor.states.find((state) => state.cluster === cluster);
  const files = auditor.states.flatMap(({ cluster }) =>
    Object.entries(reportTypes).map(([name, contentType]): Route => ({
      method: 'GET',
      path: `/clusters/${cluster}/${name}`,
      handle: () => serveFile(find(cluster), name, contentType),
    })),
  );
  return [
    { method: 'GET', path: '/', handle: (request) => servicePage(auditor, request, options) },
    {
      method: 'GET',
      path: '/metrics',
      async handle() {
        const own = auditFamilies(auditor.states, options.now(), options.intervalMs);
        const shared = shareFamilies(auditor.share, auditor.states);
        const body = expose([...own, ...shared, ...(await processFamilies())]);
        return { status: 200, contentType: expositionContentType, body };
      },
    },
    {
      method: 'GET',
      path: '/report',
      handle: (request) =>
        withChosen(auditor, request, (state) => {
          const name = languageOf(request, options) === 'zh' ? 'report.zh.html' : 'report.html';
          const location = `/clusters/${state.cluster}/${name}`;
          return { status: 302, contentType: text, body: `${location}\n`, headers: { ...headers, location } };
        }),
    },
    {
      method: 'GET',
      path: '/report.json',
      handle: (request) => withChosen(auditor, request, (state) => serveFile(state, 'report.json', json)),
    },
    {
      method: 'GET',
      path: '/-/healthy',
      handle: () => ({ status: 200, contentType: text, body: 'healthy\n', headers }),
    },
    { method: 'GET', path: '/-/ready', handle: () => ready(auditor) },
    {
      method: 'POST',
      path: '/run',
      handle() {
        const joined = auditor.isRunning;
        void auditor.runNow();
        const body = joined ? 'an audit is running already\n' : 'audit started\n';
        return { status: 202, contentType: text, body, headers };
      },
    },
    ...files,
  ];
}

function servicePage(auditor: Auditor, request: HttpRequest, options: RouteOptions): HttpResponse {
  const language = languageOf(request, options);
  const body = auditorPage(auditor, language, options.now(), options.intervalMs);
  return { status: 200, contentType: html, body, headers };
}

async function serveFile(state: ClusterState | undefined, name: string, contentType: string): Promise<HttpResponse> {
  if (state?.latest !== undefined) return serveWritten(join(state.latest.reportFolder, name), contentType);
  const elsewhere = state?.heldBy === undefined ? undefined : `${state.heldBy} audits this cluster`;
  const why = elsewhere ?? state?.attempt?.error ?? 'the first audit has not ended yet';
  return { status: 503, contentType: text, body: `no report: ${why}\n`, headers };
}

/** From the disk: reports of hundreds of clusters would fill the memory. */
async function serveWritten(path: string, contentType: string): Promise<HttpResponse> {
  try {
    return { status: 200, contentType, body: await readFile(path), headers };
  } catch (cause) {
    const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const why = isGone ? 'not among what the last audit wrote, or removed since' : String(cause);
    return { status: isGone ? 404 : 500, contentType: text, body: `no ${basename(path)}: ${why}\n`, headers };
  }
}

function ready(auditor: Auditor): HttpResponse {
  const { share, states } = auditor;
  if (share?.isAlive === false) {
    const why = share.error ?? 'no lease yet';
    return { status: 503, contentType: text, body: `nothing is audited without a lease in etcd: ${why}\n`, headers };
  }
  const waiting = states
    .filter(({ latest, heldBy }) => latest === undefined && heldBy === undefined)
    .map(({ cluster }) => cluster);
  if (waiting.length === 0) return { status: 200, contentType: text, body: 'ready\n', headers };
  return { status: 503, contentType: text, body: `no audit yet of ${waiting.join(', ')}\n`, headers };
}

function withChosen(
  auditor: Auditor,
  request: HttpRequest,
  answer: (state: ClusterState) => Promise<HttpResponse> | HttpResponse,
): Promise<HttpResponse> | HttpResponse {
  const wanted = request.query.get('cls');
  const { states } = auditor;
  const only = states.length === 1 ? states[0] : undefined;
  const state = wanted === null ? only : states.find(({ cluster }) => cluster === wanted);
  if (state !== undefined) return answer(state);
  const names = states.map(({ cluster }) => cluster).join(', ');
  return { status: 404, contentType: text, body: `choose a cluster with ?cls=; there are ${names}\n`, headers };
}

/** `?lang=`, else the configured language. */
function languageOf(request: HttpRequest, { language }: RouteOptions): Language {
  const wanted = request.query.get('lang');
  return wanted === 'en' || wanted === 'zh' ? wanted : language;
}
