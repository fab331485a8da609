import { ConnectError, requestHttp, type HttpTarget } from '@pgattest/connect';

type Fields = Readonly<Record<string, unknown>>;

/** The part of the monitoring that a probe needs. Errors: unsupported when it is not declared. */
export function declaredPart(target: HttpTarget | undefined, name: string): HttpTarget {
  if (target !== undefined) return target;
  throw new ConnectError('unsupported', `${name} is not declared; add its address under monitoring`);
}

/** Text of an answer with status 200. Errors: those of requestHttp; auth_failed, unsupported (404), invalid_data. */
export async function askText(target: HttpTarget, path: string, signal: AbortSignal): Promise<string> {
  const { status, body } = await requestHttp(target, {
    component: 'the monitoring',
    method: 'GET',
    path,
    as: 'credentials',
    headers: { accept: '*/*' },
    timeoutMs: 15_000,
    signal,
  });
  const what = `${target.url} answers ${path.split('?', 1)[0] ?? path} with HTTP ${status}`;
  if (status === 401 || status === 403) throw new ConnectError('auth_failed', `${what}; check its credentials`);
  // VictoriaMetrics answers a path that it does not have with 400.
  if (status === 404 || (status === 400 && body.includes('unsupported path'))) {
    throw new ConnectError('unsupported', `${what}; check the address`);
  }
  if (status !== 200) throw new ConnectError('invalid_data', what);
  return body;
}

/** The JSON object of an answer. Errors: those of askText; invalid_data. */
export async function askJson(target: HttpTarget, path: string, signal: AbortSignal): Promise<unknown> {
  const text = await askText(target, path, signal);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConnectError('invalid_data', `${target.url} answers ${path} with something else than JSON`, { cause });
  }
}

/** Fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Fields =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a plain object's fields are unknown
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** Items of a list. Errors: invalid_data when there is no list. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ConnectError('invalid_data', `the answer holds no list of ${what}`);
}

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Labels: fields that are texts. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
