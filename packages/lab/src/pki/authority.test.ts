import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAuthority } from './authority.ts';

const now = new Date('2026-11-21T10:00:00Z');

describe('the authority of a laboratory', () => {
  const authority = createAuthority('pg-demo authority', now);
  const issued = authority.issue('pg-demo-1', ['pg-demo-1', 'localhost', '127.0.0.1']);
  const certificate = new X509Certificate(issued.certificate);

  test('signs itself and may sign others', () => {
    const own = new X509Certificate(authority.certificate);
    expect(own.ca).toBe(true);
    expect(own.verify(own.publicKey)).toBe(true);
    expect(own.subject).toBe('CN=pg-demo authority');
  });

  test('issues a server certificate that chains to it and fits its key', () => {
    const own = new X509Certificate(authority.certificate);
    expect(certificate.checkIssued(own)).toBe(true);
    expect(certificate.verify(own.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.key))).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  test('names the server by instance, by localhost and by address, and nothing else', () => {
    expect(certificate.subjectAltName).toBe('DNS:pg-demo-1, DNS:localhost, IP Address:127.0.0.1');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('elsewhere')).toBeUndefined();
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('is valid from just before now for 90 days', () => {
    expect(new Date(certificate.validFrom).toISOString()).toBe('2026-11-21T09:55:00.000Z');
    expect(new Date(certificate.validTo).toISOString()).toBe('2027-02-19T10:00:00.000Z');
  });

  test('issues for clients, for peers, and for any time', () => {
    const client = new X509Certificate(authority.issue('pg-test', [], { role: 'client' }).certificate);
    expect(client.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(client.subjectAltName).toBeUndefined();
    const peer = authority.issue('etcd-1', ['etcd-1'], {
      role: 'peer',
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validTo: new Date('2026-02-01T00:00:00Z'),
    });
    const expired = new X509Certificate(peer.certificate);
    expect(expired.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(new Date(expired.validTo).toISOString()).toBe('2026-02-01T00:00:00.000Z');
  });
});
