import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attestations, checks, describeAttestation, frameworks } from '@pgattest/audit';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../packages/audit/src/attestations/', import.meta.url).pathname;
const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
const answered = frameworks.flatMap(({ clauses }) =>
  clauses.flatMap(({ manual }) => manual.flatMap(({ by }) => by ?? [])),
);

/** Items of the research catalogue that only a person decides, or that a person decides with the help of a check. */
const manual = ['LOG-026', 'ENC-005', 'ENC-009', 'VULN-009', 'NET-009', 'MON-012'];
const governance = Array.from({ length: 12 }, (_, index) => `GOV-${String(index + 1).padStart(3, '0')}`);
const hybrid = (
  'AUTH-012 AUTH-015 ROLE-001 ROLE-006 ROLE-017 ROLE-018 ROLE-024 TLS-011 TLS-012 LOG-016 INT-009 ENC-003 ENC-004 ' +
  'ENC-006 ENC-010 HA-023 BKP-016 BKP-021 NET-010 OS-013 OS-014'
).split(' ');

test('the 18 manual and 21 hybrid items of the catalogue have an attestation each, and no other has one', () => {
  expect(attestations.flatMap(({ catalogue }) => catalogue).toSorted()).toEqual(
    [...manual, ...governance, ...hybrid].toSorted(),
  );
});

test('every file of an area holds the attestation it is named for, and all are listed', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/'));
  expect(files.map((name) => name.replace(/^.*\//u, '').replace('.ts', '')).toSorted()).toEqual(
    attestations.map(({ id }) => id).toSorted(),
  );
  expect(files.map((name) => join(folder, name))).toHaveLength(attestations.length);
});

test('no attestation shares an id with a check, and each answers a manual item of a clause', () => {
  const ids = [...attestations.map(({ id }) => id), ...checks.map(({ id }) => id)];
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(attestations.map(({ id }) => id).filter((id) => !answered.includes(id))).toEqual([]);
});

describe.each(attestations.map((unit) => [unit.id, unit] as const))('%s', (_, unit) => {
  test('says in both languages what is confirmed and which document shows it', () => {
    for (const text of [unit.title, unit.statement, unit.document]) {
      expect(hasHan(text.en)).toBe(false);
      expect(hasHan(text.zh)).toBe(true);
    }
    expect(unit.title.en).toMatch(/[^.\s]$/u);
    expect(unit.statement.en).toMatch(/\.$/u);
    expect(unit.statement.zh).toMatch(/。$/u);
    expect(describeAttestation(unit).fix[0]).toContain(`audit attest ${unit.id} `);
  });
  test('runs out within a year', () => {
    expect(unit.validDays).toBeGreaterThanOrEqual(30);
    expect(unit.validDays).toBeLessThanOrEqual(365);
  });
});
