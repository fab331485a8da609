import type { FaultRun } from '../../fault.ts';
import { getMemberTarget } from './targets.ts';
import { getRemembered } from './fault-state.ts';
import { runChecked } from './run-checked.ts';

/**
 * Gives the PostgreSQL of a member another certificate and lets it reload; the one it had is kept beside it. Sessions
 * that exist go on: a certificate is shown at the start of a session.
 */
export async function swapCertificate(
  run: FaultRun,
  target: string | undefined,
  validity: { readonly validFrom: Date; readonly validTo: Date },
): Promise<Readonly<Record<string, string>>> {
  const member = await getMemberTarget(run, target);
  const [certificateFile, keyFile] = await certificateFilesOf(run, member);
  const identity = await run.issueCertificate(member, validity);
  for (const file of [certificateFile, keyFile]) {
    // Not over the kept one: applied twice, the first is the original.
    await runChecked(run, member, ['cp', '-p', '--no-clobber', file, `${file}.before-fault`]);
  }
  await run.writeFile(keyFile, identity.key, { owner: 'postgres', mode: 0o600 });
  await run.writeFile(certificateFile, identity.certificate, { owner: 'postgres', mode: 0o644 });
  await run.sql(member, 'SELECT pg_reload_conf()');
  return { member, certificateFile, keyFile };
}

/** Puts the kept certificate back; nothing happens the second time. */
export async function restoreCertificate(run: FaultRun, state: Readonly<Record<string, string>>): Promise<void> {
  const member = getRemembered(state, 'member');
  for (const file of [getRemembered(state, 'keyFile'), getRemembered(state, 'certificateFile')]) {
    const kept = `${file}.before-fault`;
    const isThere = (await run.run(member, ['test', '-e', kept])).code === 0;
    if (isThere) await runChecked(run, member, ['mv', '-f', kept, file]);
  }
  await run.sql(member, 'SELECT pg_reload_conf()');
}

async function certificateFilesOf(run: FaultRun, member: string): Promise<readonly [string, string]> {
  const rows = await run.sql(member, `SELECT current_setting('ssl_cert_file'), current_setting('ssl_key_file')`);
  const [certificateFile = '', keyFile = ''] = rows[0] ?? [];
  const absolute = (file: string): string => (file.startsWith('/') ? file : `${run.directoryOf(member)}/data/${file}`);
  return [absolute(certificateFile), absolute(keyFile)];
}
