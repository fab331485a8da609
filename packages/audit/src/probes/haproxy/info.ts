import { readHaproxyInfo, type HaproxyInfo } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';

/** Version, start and limits of the process that serves. */
export const haproxyInfo = defineProbe({
  id: 'haproxy.info',
  subject: 'haproxy',
  title: 'Version, start and connection limit of HAProxy (metrics, or the statistics page)',
  privilege: 'metrics at /metrics (http-request use-service prometheus-exporter), or the statistics page',
  grants: [],
  collect: async ({ stats, signal }): Promise<HaproxyInfo> => readHaproxyInfo(stats, { timeoutMs: 10_000, signal }),
});
