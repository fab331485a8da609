import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { judgeAttestations } from './attest/judge.ts';
import { canonicalJson } from './evidence/canonical-json.ts';
import { findingOf } from './finding.fixture.ts';
import { emptyEvaluation } from './snapshot.fixture.ts';
import { applyWaivers } from './waivers.ts';

const run = {
  cluster: 'pg-test',
  at: '2026-11-21T20:33:30.000Z',
  filed: { path: 'evaluation.json', sha256: 'c'.repeat(64) },
  mustBeSigned: false,
};
const waiver = { check: 'pg-tls-required', subject: 'pg-test-1', reason: "the '旧' client", owner: 'dba' };
const waivers = [
  { ...waiver, id: 'RISK-7', until: '2026-11-20' },
  { ...waiver, id: `RISK "8" 'late'`, until: '2026-11-19', approval: 'CAB-1' },
];
const unit = {
  id: 'attest-plan',
  catalogue: [],
  title: { en: 'A plan', zh: '预案' },
  severity: 'medium',
  statement: { en: 'The plan is there.', zh: '预案已制定。' },
  document: { en: 'The plan.', zh: '预案。' },
  validDays: 365,
} as const;
const observed = ['pg-other', '*'].map((cluster) => ({
  record: {
    formatVersion: 1 as const,
    id: 'attest-plan',
    cluster,
    decision: 'confirmed' as const,
    signer: 'Li Lei',
    signedAt: '2026-01-10T08:00:00.000Z',
    validFrom: '2026-01-10',
    validUntil: '2026-12-31',
  },
  file: `/etc/attestations/${cluster}.json`,
  sha256: 'b'.repeat(64),
  seal: 'signed' as const,
}));

test('the command of a result about an exception or an attestation prints the entry that was filed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pgattest-register-'));
  try {
    const evaluation = { ...emptyEvaluation, waivers, attestations: { mustBeSigned: false, observed } };
    await writeFile(join(folder, 'evaluation.json'), canonicalJson(evaluation));
    const findings = [
      ...applyWaivers([findingOf('pg-tls-required', 'pg-test-1', 'fail')], waivers, run).slice(1),
      ...judgeAttestations([unit], observed, run),
    ];
    expect(findings.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['waiver-expired/RISK-7', 'fail'],
      [`waiver-expired/RISK "8" 'late'`, 'fail'],
      ['attest-plan/pg-test', 'pass'],
    ]);
    for (const { evidence } of findings) {
      expect(evidence.map(({ file, sha256 }) => [file, sha256])).toEqual([[run.filed.path, run.filed.sha256]]);
      for (const { command, actual } of evidence) {
        const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: folder });
        expect(stdout.trimEnd()).toBe(actual);
      }
    }
    expect(findings.map(({ evidence }) => evidence[0]?.actual.includes("the '旧' client"))).toEqual([
      true,
      true,
      false,
    ]);
    expect(findings[2]?.evidence[0]?.actual).toContain('"cluster": "*"');
  } finally {
    await rm(folder, { recursive: true });
  }
});
