import type { LabOptions } from './options.ts';

/** Timers of Patroni in seconds and of HAProxy's checks; `ttl >= loopWait + 2 * retryTimeout` holds for every plan of Pigsty. */
export interface RtoPlan {
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly primaryStartTimeout: number;
  readonly haproxy: {
    readonly inter: string;
    readonly fastinter: string;
    readonly downinter: string;
    readonly rise: number;
    readonly fall: number;
  };
}

/** The plans by name. Source: Pigsty 4 `pg_rto_plan` (reference/pigsty/deployment.md section 3); `test` is ours, for quick suites. */
export const rtoPlans: Readonly<Record<LabOptions['rto'], RtoPlan>> = {
  fast: {
    ttl: 20,
    loopWait: 5,
    retryTimeout: 5,
    primaryStartTimeout: 15,
    haproxy: { inter: '1s', fastinter: '500ms', downinter: '1s', rise: 3, fall: 3 },
  },
  norm: {
    ttl: 30,
    loopWait: 5,
    retryTimeout: 10,
    primaryStartTimeout: 25,
    haproxy: { inter: '2s', fastinter: '1s', downinter: '2s', rise: 3, fall: 3 },
  },
  safe: {
    ttl: 60,
    loopWait: 10,
    retryTimeout: 20,
    primaryStartTimeout: 45,
    haproxy: { inter: '3s', fastinter: '1500ms', downinter: '3s', rise: 3, fall: 3 },
  },
  wide: {
    ttl: 120,
    loopWait: 20,
    retryTimeout: 30,
    primaryStartTimeout: 95,
    haproxy: { inter: '4s', fastinter: '2s', downinter: '4s', rise: 3, fall: 3 },
  },
  test: {
    ttl: 5,
    loopWait: 1,
    retryTimeout: 3,
    primaryStartTimeout: 15,
    haproxy: { inter: '1s', fastinter: '500ms', downinter: '1s', rise: 1, fall: 2 },
  },
};

/** While the lab starts, so that nobody waits a production loop: 10/1/3. The plan's own timers come with the last step. */
export const startTimers = { ttl: 10, loopWait: 1, retryTimeout: 3 } as const;
