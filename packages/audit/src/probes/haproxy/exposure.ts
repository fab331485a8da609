import { requestHttp, type HttpAnswer } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';

/** What an address answers to whoever asks. */
export interface AnonymousAnswer {
  readonly status: number;
  /** True when it showed what belongs behind a login. */
  readonly isOpen: boolean;
}

export interface HaproxyExposure {
  /** Whether the page is served over TLS. */
  readonly isTls: boolean;
  /** Whether the auditor reaches it at an address of the machine itself. */
  readonly isLoopback: boolean;
  readonly page: AnonymousAnswer;
  /** True when the open page offers to change the state of servers. */
  readonly canChange: boolean;
  readonly metrics: AnonymousAnswer;
}

/** The statistics page asked as a stranger would: no login is tried. */
export const haproxyExposure = defineProbe({
  id: 'haproxy.exposure',
  subject: 'haproxy',
  title: 'What the statistics page and the metrics of HAProxy show without a login',
  live: 'asks the statistics page and the metrics of HAProxy once each, without credentials',
  privilege: 'none: two HTTP requests without credentials',
  grants: [],
  async collect({ stats, signal }): Promise<HaproxyExposure> {
    const ask = (path: string): Promise<HttpAnswer> =>
      requestHttp(stats, {
        component: 'HAProxy',
        method: 'GET',
        path,
        headers: { accept: '*/*' },
        timeoutMs: 10_000,
        signal,
      });
    const page = await ask('/');
    const metrics = await ask('/metrics');
    const { protocol, hostname } = new URL(stats.url);
    const isOpen = page.status === 200 && /Statistics Report for HAProxy/u.test(page.body);
    return {
      isTls: protocol === 'https:',
      isLoopback: /^(?:127\.|\[?::1\]?$|localhost$)/u.test(hostname),
      page: { status: page.status, isOpen },
      canChange: isOpen && /<form[^>]*method="post"/iu.test(page.body),
      metrics: { status: metrics.status, isOpen: metrics.status === 200 && /^haproxy_/mu.test(metrics.body) },
    };
  },
});
