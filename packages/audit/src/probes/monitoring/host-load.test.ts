import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { monitoringHostLoad } from './host-load.ts';

async function collectFrom(answer: (query: string) => unknown): Promise<unknown> {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '';
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(query)));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has such an address
  const { port } = server.address() as AddressInfo;
  try {
    return await monitoringHostLoad.collect({
      prometheus: { url: `http://127.0.0.1:${port}` },
      rules: undefined,
      alertmanager: undefined,
      signal: AbortSignal.timeout(10_000),
    });
  } finally {
    await new Promise((resolve) => void server.close(resolve));
  }
}
const vector = (...values: readonly (readonly [string, string])[]): unknown => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: values.map(([instance, value]) => ({ metric: { instance }, value: [1_763_700_000, value] })),
  },
});

test('reads a share for each host, and none where there is no number', async () => {
  const loads = await collectFrom((query) =>
    query.includes('node_cpu') ? vector(['b:9100', '0.25'], ['a:9100', '0.5'], ['c:9100', 'NaN']) : vector(),
  );
  expect(loads).toEqual([
    { what: 'cpu', instance: 'a:9100', share: 0.5 },
    { what: 'cpu', instance: 'b:9100', share: 0.25 },
  ]);
});

test('an answer of another shape is no answer', async () => {
  await expect(collectFrom(() => ({ status: 'error' }))).rejects.toThrow(/no list of samples/u);
});
