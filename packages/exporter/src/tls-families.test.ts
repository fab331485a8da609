import { describe, expect, it } from 'vitest';
import { tlsFamilies } from './tls-families.ts';

const peer = {
  subject: 'CN=db1',
  issuer: 'CN=ca',
  san: ['DNS:db1'],
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  keyType: 'ec',
  keyBits: 256,
  serial: '01',
  fingerprint256: 'AA',
};
const lines = (state: Parameters<typeof tlsFamilies>[0]): readonly string[] =>
  tlsFamilies(state).flatMap(({ name, samples }) =>
    samples.map(({ labels, value }) => `${name.replace('pg_exporter_tls_', '')}{${labels.join(',')}} ${value}`),
  );

describe('tlsFamilies', () => {
  it('gives the dates of the certificate that was seen', () => {
    const endpoint = { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', peer, chainLength: 2 };
    expect(lines({ kind: 'seen', endpoint })).toEqual([
      'read_success{} 1',
      'certificate_not_after_timestamp_seconds{} 1798761600',
      'certificate_not_before_timestamp_seconds{} 1767225600',
      'chain_certificates{} 2',
      'info{TLSv1.3,TLS_AES_256_GCM_SHA384} 1',
    ]);
  });

  it('says that a handshake failed and gives no dates', () => {
    expect(lines({ kind: 'failed' })).toEqual(['read_success{} 0']);
  });

  it.each(['unseen', 'none'] as const)('claims nothing when the state is %s', (kind) => {
    expect(lines({ kind })).toEqual([]);
  });
});
