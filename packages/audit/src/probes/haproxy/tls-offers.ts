import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { meetUrlWithOffers, meetWithOffers, type TlsOffersFact } from '../../tls-offers-fact.ts';

/** One port of HAProxy: its statistics page, or a service and whoever ends TLS behind it. */
export interface ProxyOffers {
  /** `stats`, or the name of the service. */
  readonly name: string;
  readonly offers: TlsOffersFact | null;
  /** Null when it answered. */
  readonly problem: string | null;
}

/** Whether the ports of HAProxy decline weak cipher suites and curves. */
export const haproxyTlsOffers = defineProbe({
  id: 'haproxy.tls-offers',
  subject: 'haproxy',
  title: 'Answers of statistics page and services to TLS hellos with weak cipher suites and curves (no handshake)',
  live: 'sends the statistics page and every declared service three TLS hellos that they should decline',
  privilege: 'none: TCP connections to the statistics page and to each declared service',
  grants: [],
  async collect({ stats, services, signal }): Promise<readonly ProxyOffers[]> {
    const seen = [await attemptOffers('stats', meetUrlWithOffers(stats, signal), signal)];
    // One after the other: each takes a connection of what is behind it.
    for (const { name, host, port } of services) {
      seen.push(
        await attemptOffers(name, meetWithOffers({ host, port, startsWith: 'postgres' }, undefined, signal), signal),
      );
    }
    return seen;
  },
});

/** A service may have nobody behind it just now, which the others need not suffer from. */
async function attemptOffers(name: string, look: Promise<TlsOffersFact>, signal: AbortSignal): Promise<ProxyOffers> {
  try {
    return { name, offers: await look, problem: null };
  } catch (error) {
    if (!(error instanceof ConnectError) || signal.aborted) throw error;
    return { name, offers: null, problem: error.message };
  }
}
