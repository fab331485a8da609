import { waitFor, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { expect } from 'vitest';

/**
 * Waits until no exporter has a session on a server (`where` chooses among those of pg_stat_activity): the server ends them
 * in its own time, and until then they count against the limit of the role.
 */
export async function untilNoSession(cluster: DemoCluster, node: DemoNode, where = 'true'): Promise<void> {
  const ours = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'pg_exporter' AND ${where}`;
  const ended = await waitFor(async () => ((await cluster.admin(node).rows(ours)).length === 0 ? true : undefined), {
    timeoutMs: 60_000,
  });
  expect(ended).toBe(true);
}
