import type { CertificateCheck } from '../../certificate/certificate.ts';
import { messageOf } from '../../errors.ts';
import { runProgram } from '../../process/run-program.ts';
import type { RunAs } from '../../process/run-as.ts';

export interface ChecksumOptions {
  readonly binDir: string;
  readonly dataDir: string;
  readonly hasChecksums: boolean;
  readonly runAs: RunAs;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const check = (outcome: CertificateCheck['outcome'], detail: string): CertificateCheck => ({
  id: 'page-checksums',
  subject: 'all databases',
  outcome,
  detail,
});

/** Every page of the stopped copy against its checksum, by pg_checksums. */
export async function checkPageChecksums(options: ChecksumOptions): Promise<CertificateCheck> {
  if (!options.hasChecksums) return check('not_applicable', 'the cluster was made without data checksums');
  try {
    const { code, stdout, stderr } = await runProgram(
      [...options.runAs.prefix, `${options.binDir}/pg_checksums`, '--check', '-D', options.dataDir],
      { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, signal: options.signal, timeoutMs: options.timeoutMs },
    );
    const files = /Files scanned: +(\d+)/.exec(stdout)?.[1];
    const bad = /Bad checksums: +(\d+)/.exec(stdout)?.[1];
    if (code === 0 && files !== undefined && bad === '0') return check('pass', `${files} files, no bad page`);
    if (bad !== undefined && bad !== '0') {
      const pages = [...stderr.matchAll(/checksum verification failed in file "([^"]+)", block (\d+)/g)];
      const named = pages.slice(0, 10).map(([, file = '', block = '']) => `${file} block ${block}`);
      return check('fail', `${bad} bad pages: ${named.join(', ')}`);
    }
    return check('unavailable', `pg_checksums ended with ${String(code)}: ${stderr.trim().slice(0, 500)}`);
  } catch (error) {
    return check('unavailable', messageOf(error));
  }
}
