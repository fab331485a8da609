import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import type { Certificate } from '../certificate/certificate.ts';
import { verifyCertificate } from '../certificate/sign.ts';
import { loadPublicKey } from '../certificate/signing-key.ts';
import { textOption } from '../conduct/run-drills.ts';
import { messageOf } from '../errors.ts';

/** `pgattest drill verify`: whether a certificate is what was signed, and its evidence what was seen. */
export const verifyCommand: CommandSpec = {
  name: 'verify',
  summary: 'verify the signature of a certificate and the hashes of its evidence',
  example: 'pgattest drill verify drills/demo-restore-repo1-20261121T235830Z.json --key drill.key.pub',
  arguments: [{ syntax: '<file>', summary: 'certificate (.json)' }],
  options: [
    { flags: '--key <file>', summary: 'public key of the signer' },
    { flags: '--no-evidence', summary: 'do not compare the files of evidence beside it' },
  ],
  notes: 'Exit codes: 0 genuine, 1 changed, 2 usage.',
  async run(context) {
    const [file = ''] = context.args;
    const keyFile = textOption(context, 'key');
    if (keyFile === undefined) throw new RuntimeError('usage', "name the signer's public key: --key drill.key.pub");
    const publicKey = await loadPublicKey(keyFile);
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new RuntimeError('file_unreadable', `cannot read the certificate ${file}: ${messageOf(cause)}`, { cause });
    });
    const verified = verifyCertificate(text, file, publicKey);
    const problems = verified.ok
      ? context.options['evidence'] === false
        ? []
        : await evidenceProblems(file, verified.certificate)
      : verified.problems;
    if (!verified.ok || problems.length > 0) {
      context.stdout.write(`not genuine: ${file}\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
      return exitCode.findings;
    }
    const { kind, cluster, outcome, started, approval, evidence } = verified.certificate;
    context.stdout.write(
      `genuine: ${kind} drill of ${cluster} at ${started}: ${outcome}, approved by ${approval.by}\n  signed with ${verified.keyId}, ${evidence.length} files of evidence\n`,
    );
    return exitCode.ok;
  },
};

async function evidenceProblems(file: string, { evidence }: Certificate): Promise<readonly string[]> {
  const directory = file.replace(/\.json$/, '.evidence');
  const problems = await Promise.all(
    evidence.map(async ({ name, sha256 }) => {
      const path = join(directory, name);
      const content = await readFile(path).catch(() => undefined);
      if (content === undefined)
        return [`the evidence ${path} is missing (--no-evidence verifies the certificate alone)`];
      const digest = createHash('sha256').update(content).digest('hex');
      return digest === sha256 ? [] : [`the evidence ${path} was changed: SHA-256 ${digest}, certified was ${sha256}`];
    }),
  );
  return problems.flat();
}
