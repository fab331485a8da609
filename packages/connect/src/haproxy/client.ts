import { ConnectError } from '../errors.ts';
import { requestHttp, type HttpAnswer, type HttpTarget } from '../http/index.ts';
import { parseHaproxyInfo, type HaproxyInfo } from './info.ts';
import { parseHaproxyStats, type HaproxyStatsRow } from './stats.ts';

export interface HaproxyCall {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Reads the statistics page as CSV, with the target's credentials. Errors: those of requestHttp; auth_failed,
 * invalid_data, and unsupported where the address has no such page.
 */
export async function readHaproxyStats(target: HttpTarget, call: HaproxyCall): Promise<readonly HaproxyStatsRow[]> {
  const answer = await ask(target, '/;csv', call);
  refuse(answer, target, 'statistics page (stats enable)');
  return parseHaproxyStats(answer.body);
}

/**
 * Version, start and connection limit of the process: from its metrics where the address has them, else from the
 * statistics page in HTML. Errors as readHaproxyStats.
 */
export async function readHaproxyInfo(target: HttpTarget, call: HaproxyCall): Promise<HaproxyInfo> {
  const metrics = await ask(target, '/metrics', call);
  const found = metrics.status === 200 ? parseHaproxyInfo(metrics.body) : undefined;
  if (found !== undefined) return found;
  const page = await ask(target, '/', call);
  refuse(page, target, 'statistics page (stats enable)');
  const shown = parseHaproxyInfo(page.body);
  if (shown !== undefined) return shown;
  throw new ConnectError(
    'invalid_data',
    `${target.url} answers, but neither with metrics nor with statistics of HAProxy`,
  );
}

const ask = (target: HttpTarget, path: string, { timeoutMs, signal }: HaproxyCall): Promise<HttpAnswer> =>
  requestHttp(target, {
    component: 'HAProxy',
    method: 'GET',
    path,
    as: 'credentials',
    headers: { accept: '*/*' },
    timeoutMs,
    signal,
  });

function refuse({ status }: HttpAnswer, { url, credentials }: HttpTarget, what: string): void {
  if (status === 200) return;
  if (status === 401 || status === 403) {
    const remedy = credentials === undefined ? 'declare the user and password file' : 'check user and password';
    throw new ConnectError('auth_failed', `HAProxy at ${url} refuses its ${what}: HTTP ${status}; ${remedy}`);
  }
  if (status === 404 || status === 503) {
    throw new ConnectError('unsupported', `HAProxy at ${url} has no ${what} there: HTTP ${status}; check the address`);
  }
  throw new ConnectError('invalid_data', `HAProxy at ${url} answers its ${what} with HTTP ${status}`);
}
