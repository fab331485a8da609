import { describe, expect, test } from 'vitest';
import { healthStatus, type HealthQuestion, type HealthState } from './health.ts';

describe('health routes answer as load balancers expect', () => {
  test.each<[HealthState, HealthQuestion, number]>([
    ['primary', 'up', 200],
    ['primary', 'primary', 200],
    ['primary', 'replica', 404],
    ['replica', 'up', 200],
    ['replica', 'replica', 200],
    ['replica', 'primary', 404],
    ['down', 'up', 503],
    ['down', 'replica', 503],
    ['starting', 'up', 503],
    ['unknown', 'up', 503],
    ['unknown', 'primary', 503],
  ])('%s, asked for %s: %d', (state, question, status) => {
    expect(healthStatus(state, question)).toBe(status);
  });
});
