import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RuntimeError, writeFileAtomic } from '@pgattest/runtime';
import { messageOf } from '../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SignedCertificate } from './certificate.ts';
import { renderCertificateHtml } from './html.ts';

/** Makes `--out`. Errors: usage. */
export async function makeOutDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new RuntimeError(
      'usage',
      `cannot make the directory ${directory}: ${messageOf(cause)}; choose another --out`,
      {
        cause,
      },
    );
  });
}

/**
 * Writes evidence, then the pages, then the certificate itself, each file atomically: a certificate that is there is
 * complete. Returns the path of the certificate.
 */
export async function writeCertificate(
  directory: string,
  signed: SignedCertificate,
  evidence: ReadonlyMap<string, string>,
): Promise<string> {
  const { id } = signed.certificate;
  const evidenceDir = join(directory, `${id}.evidence`);
  if (evidence.size > 0) await mkdir(evidenceDir, { recursive: true });
  for (const [name, content] of evidence) await writeFileAtomic(join(evidenceDir, name), content, 0o640);
  await writeFileAtomic(join(directory, `${id}.html`), renderCertificateHtml(signed, 'en'));
  await writeFileAtomic(join(directory, `${id}.zh.html`), renderCertificateHtml(signed, 'zh'));
  const path = join(directory, `${id}.json`);
  await writeFileAtomic(path, canonicalJson(signed));
  return path;
}
