import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, integer, jsonValue, nat, property } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { certificateSchema } from './certificate-schema.ts';
import type { Certificate } from './certificate.ts';
import { escapeHtml, renderCertificateHtml } from './html.ts';
import { signCertificate, verifyCertificate } from './sign.ts';
import { generateSigningKey as generateKey } from '@pgattest/runtime';
import { loadPublicKey, loadSigningKey } from './signing-key.ts';

const certificate: Certificate = {
  schemaVersion: 1,
  id: 'demo-restore-repo1-20261122T003150Z',
  kind: 'restore',
  cluster: 'demo',
  started: '2026-11-22T00:31:50.000Z',
  finished: '2026-11-22T00:32:10.000Z',
  outcome: 'passed',
  approval: { by: 'CHG-123', at: '2026-11-22T00:31:50.000Z', operator: 'root' },
  rtoSeconds: 12.5,
  rpoRows: 0,
  repo: 1,
  backupChain: ['20261121-235830F'],
  preconditions: [{ id: 'a', title: 'b', state: 'met', detail: 'c' }],
  steps: [{ id: 'restore', title: 'restore', started: '2026-11-22T00:31:51.000Z', seconds: 2, outcome: 'done' }],
  checks: [{ id: 'recovery', subject: 'x', outcome: 'pass', detail: '<script>alert(1)</script> 中文' }],
  findings: [],
  evidence: [{ name: 'restore.log', sha256: 'a'.repeat(64), sizeBytes: 3 }],
  tools: { pgattest: '0.1.0' },
};
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const text = canonicalJson(signCertificate(certificate, privateKey));
const problemsOf = (changed: string): readonly string[] => {
  const verified = verifyCertificate(changed, 'c.json', publicKey);
  return verified.ok ? [] : verified.problems;
};

describe('a signed certificate', () => {
  it('is genuine as it was written', () => {
    expect(verifyCertificate(text, 'c.json', publicKey)).toMatchObject({ ok: true, certificate });
  });

  it('is not genuine with any other byte', () => {
    const bytes = Buffer.from(text);
    assert(
      property(nat(bytes.length - 1), integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(problemsOf(changed.toString('latin1'))).not.toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['an outcome', text.replace('"passed"', '"failed"'), 'the certificate was changed'],
    ['a digest that was made to fit', forged(), 'the signature does not belong to this content'],
    ['a blank more', `${text} `, 'its bytes are not the canonical form'],
    ['a key twice', text.replace('"repo": 1,', '"repo": 2,\n    "repo": 1,'), ''],
    ['a missing field', text.replace(/^ {4}"finished": .*\n/m, ''), 'lacks the key "finished"'],
    ['an unknown field', text.replace('"repo": 1,', '"repro": 1,'), 'unknown key "repro"'],
    ['no text at all', '', 'is not JSON'],
    ['half of it', text.slice(0, 300), 'is not JSON'],
  ])('with %s is named for what is wrong', (_, changed, said) => {
    const problems = problemsOf(changed);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).toContain(said);
  });

  it('of another key is told by the ids of both', () => {
    const other = generateKeyPairSync('ed25519');
    const verified = verifyCertificate(text, 'c.json', other.publicKey);
    expect(verified).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/another key: .*[0-9a-f]{64}.*[0-9a-f]{64}/)],
    });
  });
});

/** Content and digest changed together: only the signature can tell. */
function forged(): string {
  const other = signCertificate({ ...certificate, rtoSeconds: 1 }, generateKeyPairSync('ed25519').privateKey);
  const { signature } = signCertificate(certificate, privateKey);
  return canonicalJson({ ...other, signature });
}

test('canonical JSON has one spelling per value and refuses what JSON cannot say', () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: 'x' })).toBe(
    '{\n  "a": "x",\n  "b": [\n    1,\n    {\n      "c": null\n    }\n  ]\n}\n',
  );
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  assert(
    property(jsonValue(), (value) => {
      const once = canonicalJson(value);
      expect(canonicalJson(JSON.parse(once))).toBe(once);
    }),
  );
});

test('keys are made once, closed to others, and refused when they are open or of another kind', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-key-'));
  try {
    const file = join(directory, 'drill.key');
    const { publicKeyFile } = await generateKey(file);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    const signed = canonicalJson(signCertificate(certificate, await loadSigningKey(file)));
    expect(verifyCertificate(signed, 'c.json', await loadPublicKey(publicKeyFile)).ok).toBe(true);
    await expect(generateKey(file)).rejects.toThrow(/exists already/);
    await expect(loadPublicKey(file)).rejects.toThrow(/is a private key/);
    await expect(loadSigningKey(publicKeyFile)).rejects.toThrow(/is open to others/);
    await chmod(publicKeyFile, 0o600);
    await expect(loadSigningKey(publicKeyFile)).rejects.toThrow(/holds no key|not Ed25519/);
    await chmod(file, 0o640);
    await expect(loadSigningKey(file)).rejects.toThrow(/mode 0640.*chmod 600/);
    await expect(loadSigningKey(join(directory, 'none'))).rejects.toThrow(/keygen/);
  } finally {
    await rm(directory, { recursive: true });
  }
});

describe('the page of a certificate', () => {
  const signed = signCertificate(certificate, privateKey);

  it.each(['en', 'zh'] as const)('shows outcome, figures and digest in %s, and runs nothing', (language) => {
    const page = renderCertificateHtml(signed, language);
    expect(page).toContain(language === 'en' ? 'passed' : '通过');
    expect(page).toContain(signed.sha256);
    expect(page).toContain('12.5');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  it('says that what was not measured was not measured', () => {
    const { rtoSeconds: _, rpoRows: __, ...rest } = certificate;
    expect(renderCertificateHtml(signCertificate(rest, privateKey), 'en').match(/not measured/g)?.length).toBe(2);
  });

  it('makes hidden characters visible', () => {
    expect(escapeHtml('a\u202Eb\u001b')).toBe('a\\u{202e}b\\u{1b}');
  });
});

test('the published schema is the one that is checked', async () => {
  const file = new URL('../../certificate.schema.json', import.meta.url);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(certificateSchema)));
});
