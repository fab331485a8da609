import { describe, expect, it } from 'vitest';
import type { AttestationUnit } from '../attestation.ts';
import type { ObservedAttestation } from './attestation-record.ts';
import { judgeAttestations } from './judge.ts';

const text = { en: 'The plan is there.', zh: '预案已制定。' };
const unit: AttestationUnit = {
  id: 'attest-plan',
  catalogue: ['GOV-003'],
  title: text,
  severity: 'medium',
  statement: text,
  document: text,
  validDays: 365,
};
const signed = 'a'.repeat(64);
const observed = (over: Partial<ObservedAttestation> = {}, record: Partial<ObservedAttestation['record']> = {}) => ({
  record: {
    formatVersion: 1 as const,
    id: 'attest-plan',
    cluster: 'pg-test',
    decision: 'confirmed' as const,
    signer: 'Li Lei',
    signedAt: '2026-01-10T08:00:00.000Z',
    validFrom: '2026-01-10',
    validUntil: '2026-12-31',
    document: { path: 'plan.pdf', sha256: signed, sizeBytes: 3 },
    ...record,
  },
  file: '/etc/attestations/pg-test/attest-plan.json',
  sha256: 'b'.repeat(64),
  seal: 'signed' as const,
  document: { status: 'ok' as const, path: '/etc/attestations/plan.pdf', sha256: signed },
  ...over,
});
const at = '2026-11-21T20:33:30.000Z';
const judge = (
  list: readonly ObservedAttestation[],
  over: { readonly at?: string; readonly mustBeSigned?: boolean } = {},
) => {
  const filed = { path: 'evaluation.json', sha256: 'c'.repeat(64) };
  const [finding] = judgeAttestations([unit], list, { cluster: 'pg-test', at, filed, mustBeSigned: false, ...over });
  if (finding === undefined) throw new Error('no finding');
  return finding;
};

describe('an attestation', () => {
  it('passes while it is valid, and its evidence is a command that prints the hash of the document', () => {
    const finding = judge([observed()]);
    expect(finding).toMatchObject({ id: 'attest-plan/pg-test', outcome: 'pass', subject: 'pg-test' });
    expect(finding.reason.en).toBe('confirmed by Li Lei on 2026-01-10, until 2026-12-31');
    expect(finding.evidence[0]).toMatchObject({
      command: "sha256sum -- '/etc/attestations/plan.pdf'",
      actual: `${signed}  /etc/attestations/plan.pdf`,
      file: 'evaluation.json',
    });
  });

  it.each<[string, readonly ObservedAttestation[], string, string]>([
    ['nobody confirmed', [], 'manual', 'nobody has confirmed yet'],
    ['of another cluster', [observed({}, { cluster: 'pg-other' })], 'manual', 'nobody has confirmed yet'],
    ['of every cluster', [observed({}, { cluster: '*' })], 'pass', 'confirmed by Li Lei'],
    ['that ran out', [observed({}, { validUntil: '2026-11-20' })], 'stale', 'ended 2026-11-20; renew it'],
    ['on its last day', [observed({}, { validUntil: '2026-11-21' })], 'pass', 'until 2026-11-21'],
    ['that begins tomorrow', [observed({}, { validFrom: '2026-11-22' })], 'manual', 'counts from 2026-11-22 on'],
    [
      'that claims more time than it may have',
      [observed({}, { signedAt: '2025-01-01T00:00:00.000Z', validUntil: '2030-01-01' })],
      'stale',
      'ended 2026-01-01',
    ],
    [
      'whose document was changed',
      [observed({ document: { status: 'ok', path: '/plan.pdf', sha256: 'd'.repeat(64) } })],
      'fail',
      'the document /plan.pdf was changed after it was signed',
    ],
    [
      'whose document is gone',
      [
        observed({
          document: { status: 'unavailable', path: '/plan.pdf', message: 'cannot read the document /plan.pdf' },
        }),
      ],
      'error',
      'cannot be decided: cannot read the document /plan.pdf',
    ],
    ['that was changed', [observed({ seal: 'broken' })], 'fail', 'was changed after it was written'],
    [
      'of an unknown key',
      [observed({ seal: 'other_key', keyId: 'e'.repeat(64) })],
      'fail',
      'a key that is not known: eee',
    ],
    ['confirmed in part', [observed({}, { decision: 'partly', note: 'site B is open' })], 'warn', ': site B is open'],
    ['said not to be met', [observed({}, { decision: 'not_met', note: 'no plan' })], 'fail', 'said not to be met'],
    [
      'said not to apply',
      [observed({}, { decision: 'not_applicable', note: 'no persons' })],
      'not_applicable',
      'no persons',
    ],
  ])('%s', (_, list, outcome, words) => {
    const finding = judge(list);
    expect(finding.outcome).toBe(outcome);
    expect(finding.reason.en).toContain(words);
    expect(finding.reason.zh).toMatch(/\p{Script=Han}/u);
    expect(finding.undecided === undefined).toBe(outcome !== 'error');
  });

  it('without a signature counts only where none is demanded', () => {
    expect(judge([observed({ seal: 'unsigned' })]).outcome).toBe('pass');
    expect(judge([observed({ seal: 'unsigned' })], { mustBeSigned: true }).outcome).toBe('manual');
    expect(judge([observed()], { mustBeSigned: true }).outcome).toBe('pass');
  });

  it('of the cluster itself goes before one for every cluster', () => {
    const both = [observed({}, { cluster: '*' }), observed({}, { decision: 'not_met', note: 'here' })];
    expect(judge(both).outcome).toBe('fail');
  });
});
