import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '@pgattest/lab';
import type { State } from './weakness.ts';

/** One verdict of a run. */
export interface Verdict {
  readonly check: string;
  readonly subject: string;
  readonly state: State;
  /** In English. */
  readonly reason: string;
  /** Why it could not be decided: exactly when the state is `error`. */
  readonly undecided?: Undecided;
}

/** What could not be collected, and why. */
interface Undecided {
  readonly probe: string;
  readonly code: string;
  readonly message: string;
}

/** `<check>/<subject>` -> its verdict. */
export type Verdicts = ReadonlyMap<string, Verdict>;

interface ReportFile {
  readonly checks: readonly {
    readonly id: string;
    readonly findings: readonly {
      readonly id: string;
      readonly check: string;
      readonly subject: string;
      readonly outcome: State;
      readonly reason: { readonly en: string };
      readonly undecided?: Undecided;
    }[];
  }[];
}

const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;
const auditMs = 240_000;

/**
 * One run of the built program on the monitoring host, with the configuration of the lab's own auditor, as its operator
 * would start it. Errors: what the program said when it ended in another way than with findings or without.
 */
export async function runAudit(lab: Lab, config: string): Promise<Verdicts> {
  const directory = join(lab.directory, lab.topology.monitor.name, 'weaknesses');
  const { code, stderr } = await lab.exec(
    lab.topology.monitor.name,
    [
      process.execPath,
      entry,
      'audit',
      'run',
      '--quiet',
      '--config',
      config,
      '--evidence-dir',
      join(directory, 'evidence'),
      '--report-dir',
      join(directory, 'reports'),
    ],
    { timeoutMs: auditMs },
  );
  if (code !== 0 && code !== 1 && code !== 3) {
    throw new Error(`the audit ended with ${code ?? 'no code'}: ${stderr}`);
  }
  const file = join(directory, 'reports', lab.topology.options.cluster, 'latest/report.json');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its schema is published and tested elsewhere
  const report = JSON.parse(await readFile(file, 'utf8')) as ReportFile;
  return new Map(
    report.checks
      .flatMap(({ findings }) => findings)
      .map(({ id, check, subject, outcome: state, reason, undecided }) => [
        id,
        { check, subject, state, reason: reason.en, ...(undecided === undefined ? {} : { undecided }) },
      ]),
  );
}
