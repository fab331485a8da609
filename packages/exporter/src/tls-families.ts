import { tlsEndpointMetrics as names, type MetricRef } from '@pgattest/catalog';
import type { TlsEndpoint } from '@pgattest/connect';
import type { Family, Sample } from '@pgattest/runtime';

/** What the last look at the server's certificate gave. */
export type TlsState =
  | { readonly kind: 'unseen' }
  /** The server offers no TLS, or is reached through a Unix socket. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'seen'; readonly endpoint: TlsEndpoint };

/** The certificate as metrics; a handshake that failed is said and gives no dates, and no TLS gives no series. */
export function tlsFamilies(state: TlsState): readonly Family[] {
  if (state.kind === 'failed') return [single(names.pgExporterTlsReadSuccess, 0)];
  if (state.kind !== 'seen') return [];
  const { protocol, cipher, peer, chainLength } = state.endpoint;
  return [
    single(names.pgExporterTlsReadSuccess, 1),
    single(names.pgExporterTlsCertificateNotAfterTimestampSeconds, Date.parse(peer.validTo) / 1000),
    single(names.pgExporterTlsCertificateNotBeforeTimestampSeconds, Date.parse(peer.validFrom) / 1000),
    single(names.pgExporterTlsChainCertificates, chainLength),
    family(names.pgExporterTlsInfo, [{ labels: [protocol, cipher], value: 1 }]),
  ];
}

const single = (metric: MetricRef, value: number): Family => family(metric, [{ labels: [], value }]);

function family({ name, kind, help, labels }: MetricRef, samples: readonly Sample[]): Family {
  return { name, kind, help, labelNames: labels, samples };
}
