import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import type { HaproxyService } from '../../probe-contexts.ts';
import { readTlsEndpointFact, type TlsEndpointFact } from '../tls-endpoint.ts';

/** A service and the TLS that a client of it meets, whoever answers behind it; or why nobody did. */
export interface ServiceTls {
  readonly service: HaproxyService;
  readonly endpoint: TlsEndpointFact | null;
  /** Null when it answered. */
  readonly problem: string | null;
}

/** A TLS handshake through every service: it ends in HAProxy or in what stands behind it, as a client would see. */
export const haproxyServiceTls = defineProbe({
  id: 'haproxy.service-tls',
  subject: 'haproxy',
  title: 'TLS handshake through every service and the certificate that is shown (no login)',
  live: 'asks every declared service of HAProxy once for TLS and shakes hands, without logging in',
  privilege: 'none: one TCP connection to each declared service',
  grants: [],
  async collect({ services, signal }): Promise<readonly ServiceTls[]> {
    const seen: ServiceTls[] = [];
    // One after the other: each takes a connection of a pool behind it.
    for (const service of services) seen.push(await look(service, signal));
    return seen;
  },
});

async function look(service: HaproxyService, signal: AbortSignal): Promise<ServiceTls> {
  const target = {
    host: service.host,
    port: service.port,
    user: 'pgattest',
    database: 'postgres',
    sslMode: 'require' as const,
    password: undefined,
    sslRootCert: undefined,
    sslCert: undefined,
    sslKey: undefined,
    passfile: undefined,
    applicationName: undefined,
  };
  try {
    return { service, endpoint: await readTlsEndpointFact(target, signal), problem: null };
  } catch (error) {
    if (!(error instanceof ConnectError) || signal.aborted) throw error;
    return { service, endpoint: null, problem: error.message };
  }
}
