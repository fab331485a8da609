import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { generateSigningKey, runCommandLine } from '@pgattest/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditCommands } from '../commands/index.ts';
import { observeAttestations } from './observe.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-attest-'));
  await writeFile(join(directory, 'plan.pdf'), 'the plan');
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function attest(...argv: readonly string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const program = { name: 'pgattest-audit', version: '0.0.0', summary: 'test', commands: auditCommands };
  const io = { stdout, stderr, stdin: new PassThrough(), env: {} };
  const code = await runCommandLine(program, ['attest', ...argv, '--attestations-dir', join(directory, 'a')], io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
const plan = ['attest-incident-plan', '--cluster', 'pg-test', '--signer', 'Li Lei'] as const;
const document = () => ['--file', join(directory, 'plan.pdf')] as const;
const observe = (...attestationKeys: readonly string[]) =>
  observeAttestations('pg-test', { attestationsDir: join(directory, 'a'), attestationKeys });

it('lists what there is to confirm', async () => {
  const { code, stdout } = await attest();
  expect(code).toBe(0);
  expect(stdout).toContain('attest-vulnerability-scan');
  expect(stdout.trimEnd().split('\n').length).toBeGreaterThan(38);
});

it('writes a record that an audit finds, with its document as it is now', async () => {
  expect((await attest(...plan, ...document())).stdout).toMatch(
    /^written: .*attest-incident-plan\.json, valid \d{4}-/u,
  );
  const { observed } = await observe();
  expect(observed).toMatchObject([
    {
      record: { id: 'attest-incident-plan', cluster: 'pg-test', decision: 'confirmed' },
      seal: 'unsigned',
      document: { status: 'ok' },
    },
  ]);
  expect(observed[0]?.record.document?.sha256).toBe(
    observed[0]?.document?.status === 'ok' ? observed[0].document.sha256 : '',
  );
  await appendFile(join(directory, 'plan.pdf'), ' changed');
  const [after] = (await observe()).observed;
  expect(after?.document).toMatchObject({ status: 'ok' });
  expect(after?.record.document?.sha256).not.toBe(after?.document?.status === 'ok' ? after.document.sha256 : '');
  await rm(join(directory, 'plan.pdf'));
  expect((await observe()).observed[0]?.document).toMatchObject({ status: 'unavailable' });
});

it('renewing names the record it took the place of, and leaves nothing else behind', async () => {
  await attest(...plan, ...document());
  expect((await attest(...plan, ...document(), '--until', '2026-12-31')).code).toBe(0);
  expect((await observe()).observed[0]?.record.renews).toMatch(/^[0-9a-f]{64}$/u);
  expect(await readdir(join(directory, 'a', 'pg-test'))).toEqual(['attest-incident-plan.json']);
});

it('a signature is that of the signer, of somebody else, or broken', async () => {
  const key = join(directory, 'signer.key');
  const other = join(directory, 'other.key');
  await generateSigningKey(key);
  await generateSigningKey(other);
  await attest(...plan, ...document(), '--key', key);
  expect((await observe()).observed[0]?.seal).toBe('unchecked');
  expect(await observe(`${key}.pub`)).toMatchObject({ mustBeSigned: true, observed: [{ seal: 'signed' }] });
  expect((await observe(`${other}.pub`)).observed[0]?.seal).toBe('other_key');
  const file = join(directory, 'a', 'pg-test', 'attest-incident-plan.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('Li Lei', 'Han Meimei'));
  expect((await observe(`${key}.pub`)).observed[0]?.seal).toBe('broken');
});

it('keeps no password of a note', async () => {
  const note = 'no plan; see postgres://audit:hunter2secret@wiki/plans';
  const { code } = await attest('attest-incident-plan', '--signer', 'x', '--decision', 'not_met', '--note', note);
  expect(code).toBe(0);
  expect((await observe()).observed[0]?.record.note).toBe('no plan; see postgres://audit:***@wiki/plans');
});

it.each([
  [['attest-incident-pln', '--signer', 'x'], /did you mean attest-incident-plan\?/u],
  [['attest-incident-plan'], /name who confirms it: --signer/u],
  [['attest-incident-plan', '--signer', 'x'], /name the document that shows it: --file/u],
  [['attest-incident-plan', '--signer', 'x', '--decision', 'not_met'], /say why it is not_met: --note/u],
  [
    ['attest-incident-plan', '--signer', 'x', '--file', '/nowhere/plan.pdf'],
    /cannot read the document \/nowhere\/plan\.pdf/u,
  ],
  [
    ['attest-incident-plan', '--signer', 'x', '--decision', 'partly', '--note', 'y', '--from', '2026-02-31'],
    /name the document/u,
  ],
  [
    ['attest-incident-plan', '--signer', 'x', '--decision', 'not_met', '--note', 'y', '--from', '2026-02-31'],
    /no day of the calendar/u,
  ],
  [
    ['attest-incident-plan', '--signer', 'x', '--decision', 'not_met', '--note', 'y', '--until', '2099-01-01'],
    /at most 365 days/u,
  ],
  [
    ['attest-incident-plan', '--signer', 'x', '--decision', 'not_met', '--note', 'y', '--until', '2020-01-01'],
    /before its first day/u,
  ],
  [
    ['attest-incident-plan', '--signer', 'x', '--decision', 'not_met', '--note', 'y', '--cluster', '../etc'],
    /no name of a cluster/u,
  ],
])('%j is refused with its reason, and nothing is written', async (argv, message) => {
  const { code, stderr } = await attest(...argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(await readdir(directory)).toEqual(['plan.pdf']);
});

it('a file among the attestations that is none stops the audit with its name', async () => {
  await attest(...plan, ...document());
  const file = join(directory, 'a', 'pg-test', 'attest-incident-plan.json');
  await writeFile(file, '{"attestation":');
  await expect(observe()).rejects.toThrow(`${file} is not JSON`);
  await writeFile(file, '{}');
  await expect(observe()).rejects.toThrow(`${file} is no attestation`);
});
