// One run of the whole program `pgattest audit run`, from its start to its end, with what it used.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programs } from '../contestant.mjs';
import { runToEnd } from './run-to-end.mjs';

/**
 * `config` is completed with folders below `dir/name`: the same name again adds to the evidence that is there. `everyMs`
 * is how often its memory is looked at.
 */
export async function runAuditProgram({ dir, name, config, everyMs, nodeFlags = [] }) {
  const file = join(dir, `${name}.yml`);
  const stdoutFile = join(dir, `${name}.out`);
  const evidence = join(dir, name, 'evidence');
  const reports = join(dir, name, 'reports');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ ...config, evidence_dir: evidence, report_dir: reports, fail_on: 'never' }));
  const [program] = programs.pgattest;
  const argv = [...nodeFlags, program, 'audit', 'run', '--quiet', '--config', file];
  return { ...(await runToEnd(argv, { stdoutFile, everyMs })), evidence, reports, stdoutFile };
}
