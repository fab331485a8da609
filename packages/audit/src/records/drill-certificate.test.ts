import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { keyIdOf } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { readDrillRecord } from './drill-certificate.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const certificate = {
  id: 'restore-1',
  kind: 'restore',
  cluster: 'pg-test',
  finished: '2026-11-20T10:00:00Z',
  outcome: 'passed',
  repo: 2,
  checks: [{ id: 'amcheck', subject: 'app', outcome: 'pass', detail: 'no corruption' }],
};
const bytes = Buffer.from(canonicalJson(certificate));
const sealed = {
  certificate,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  signature: {
    algorithm: 'Ed25519',
    keyId: keyIdOf(publicKey),
    value: sign(null, bytes, privateKey).toString('base64'),
  },
};

test('a certificate that the trusted key signed is verified, whatever its spacing', () => {
  expect(readDrillRecord(JSON.stringify(sealed), publicKey)).toEqual({
    id: 'restore-1',
    kind: 'restore',
    cluster: 'pg-test',
    finished: '2026-11-20T10:00:00Z',
    outcome: 'passed',
    repo: 2,
    rtoSeconds: null,
    rpoSeconds: null,
    checks: { amcheck: 'pass' },
    isVerified: true,
    problem: null,
  });
});

test.each([
  [['pass', 'pass'], 'pass'],
  [['fail', 'pass'], 'fail'],
  [['pass', 'unavailable', 'pass'], 'unavailable'],
  [['unavailable', 'fail', 'not_applicable'], 'fail'],
  [['pass', 'strange', 'pass'], 'strange'],
] as const)('a check of several databases is as good as its worst: %j', (outcomes, worst) => {
  const checks = outcomes.map((outcome, index) => ({ id: 'amcheck', subject: `db${index}`, outcome, detail: '' }));
  const document = { ...sealed, certificate: { ...certificate, checks } };
  expect(readDrillRecord(JSON.stringify(document), publicKey)?.checks).toEqual({ amcheck: worst });
});

test.each([
  ['its content was changed', { ...sealed, certificate: { ...certificate, outcome: 'failed' } }, /changed after/],
  ['its signature is of something else', { ...sealed, signature: { ...sealed.signature, value: 'AAAA' } }, /signature/],
  ['it names another key', { ...sealed, signature: { ...sealed.signature, keyId: '0'.repeat(64) } }, /another key/],
])('%s: not verified', (_, document, problem) => {
  const record = readDrillRecord(JSON.stringify(document), publicKey);
  expect([record?.isVerified, problem.test(record?.problem ?? '')]).toEqual([false, true]);
});

test('another key, or none, verifies nothing', () => {
  const other = generateKeyPairSync('ed25519').publicKey;
  expect(readDrillRecord(JSON.stringify(sealed), other)?.isVerified).toBe(false);
  expect(readDrillRecord(JSON.stringify(sealed), undefined)?.problem).toMatch(/no public key/);
});

test('what is no certificate is none', () => {
  expect(readDrillRecord('cut of', publicKey)).toBeUndefined();
  expect(readDrillRecord('{"reports":[]}', publicKey)).toBeUndefined();
});
