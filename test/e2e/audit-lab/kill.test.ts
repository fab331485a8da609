import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster } from '@pgattest/lab';
import { expect, test } from 'vitest';
import { killAuditors } from '../audit-kill.ts';

test('fifty auditors killed at random moments leave a store that verifies and lose no completed run', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-kill-'));
  const demo = await startDemoCluster({ durable: false });
  try {
    const members = demo.nodes.map((node) => ({ name: node.name, dsn: demo.dsn(node, 'auditor') }));
    const seed = Date.now() % 1_000_000;
    const outcome = await killAuditors({ directory, cluster: demo.name, members, kills: 50, atATime: 3, seed });
    const { killed, verified, left, peakMiB, ...wrong } = outcome;
    process.stdout.write(`${JSON.stringify({ seed, killed, left, peakMiB })}\n${verified.stdout}`);
    expect({ seed, ...wrong }).toEqual({ seed, problems: [], lost: [], missing: [], broken: [] });
    expect(killed).toBeGreaterThanOrEqual(50);
    expect(verified.code).toBe(0);
    expect(verified.stdout).toMatch(/intact\n$/u);
    // Some died while they filed, and some after it.
    expect(left.unrecorded + left.partial).toBeGreaterThan(0);
    expect(left.records).toBeGreaterThan(2);
  } finally {
    await demo.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
