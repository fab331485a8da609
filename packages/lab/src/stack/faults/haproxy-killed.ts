import type { Fault } from '../fault.ts';
import { killDaemon } from './steps/kill-daemon.ts';
import { assertMonitorTarget } from './steps/targets.ts';

/** The load balancer crashes: no service has an entrance. */
export const haproxyKilled: Fault = {
  id: 'haproxy-killed',
  title: 'SIGKILL to HAProxy: the services have no entrance, the cluster is well',
  needs: 'nothing',
  expected: [
    {
      text: 'Clients that know only this HAProxy are out until it is back or they use another one; PostgreSQL and Patroni notice nothing.',
      source: 'Pigsty docs, HA: HAProxy runs on every node, any of them serves',
    },
  ],
  async apply(run, target) {
    assertMonitorTarget(run, target);
    await killDaemon(run, run.daemon(`haproxy@${run.topology.monitor.name}`));
    return {};
  },
  async heal(run) {
    const haproxy = run.daemon(`haproxy@${run.topology.monitor.name}`);
    if (haproxy.pid === undefined) await haproxy.start();
  },
};
