import { describe, expect, it } from 'vitest';
import { LeaseLife, type Instant } from './life.ts';

const clock = () => {
  const now = { steadyMs: 1_000, wallMs: 5_000 };
  return { now, read: (): Instant => ({ ...now }) };
};

describe('LeaseLife', () => {
  it('is sure of nothing before etcd said that the lease lives', () => {
    expect(new LeaseLife(() => {}).isSure).toBe(false);
  });

  it('counts from before the renewal was sent, and keeps a tenth for what ends slowly', () => {
    const { now, read } = clock();
    const life = new LeaseLife(() => {}, read);
    const sent = life.mark();
    now.steadyMs += 4_000;
    life.renewed(sent, 10_000);
    now.steadyMs += 4_999;
    expect(life.isSure).toBe(true);
    now.steadyMs += 1;
    expect(life.isSure).toBe(false);
    life.end();
  });

  it('does not outlive the sleep of a machine, during which the steady clock stands still', () => {
    const { now, read } = clock();
    const life = new LeaseLife(() => {}, read);
    life.renewed(life.mark(), 10_000);
    now.wallMs += 60_000;
    expect(life.isSure).toBe(false);
    life.end();
  });

  it('tells when it ends', async () => {
    const told = new Promise<string>((resolve) => {
      const life = new LeaseLife(() => resolve('ended'));
      life.renewed(life.mark(), 20);
    });
    await expect(told).resolves.toBe('ended');
  });
});
