import { readFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import {
  createProgress,
  exitCode,
  parseDurationMs,
  RuntimeError,
  version,
  type CommandContext,
  type ExitCode,
  type OptionSpec,
} from '@pgattest/runtime';
import type { Certificate } from '../certificate/certificate.ts';
import { makeOutDirectory, writeCertificate } from '../certificate/files.ts';
import { signCertificate } from '../certificate/sign.ts';
import { loadSigningKey } from '../certificate/signing-key.ts';
import { operatorOf } from '../process/run-as.ts';
import { findApprover, renderPlan } from './approval.ts';
import { systemClock } from './clock.ts';
import { conductDrill, type Drill } from './conduct.ts';
import { refusalsOf } from './precondition.ts';
import type { StepWatcher } from './timeline.ts';

/** Options of every drill. */
export const conductOptions: readonly OptionSpec[] = [
  {
    flags: '--approve <who>',
    summary: 'execute, approved by this person or ticket; without it only the plan is shown',
  },
  { flags: '--key <file>', summary: 'signing key, made by pgattest drill keygen' },
  { flags: '--out <dir>', summary: 'where certificates and evidence go', default: 'drills' },
  { flags: '--deadline <duration>', summary: 'abort the drill after this time', default: '2h' },
  { flags: '--json', summary: 'print one JSON document' },
  { flags: '--quiet', summary: 'no progress on stderr' },
];

/** What every drill of one command shares. */
export interface Approval {
  readonly by: string;
  readonly key: KeyObject;
  readonly outDir: string;
}

/** A text option that is there. */
export function textOption(context: CommandContext, name: string): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The approval on the command line; undefined = dry run. Errors: usage. */
export async function readApproval(context: CommandContext): Promise<Approval | undefined> {
  const given = context.options['approve'];
  if (given === undefined) return undefined;
  const by = findApprover(given);
  if (by === undefined) throw new RuntimeError('usage', '--approve needs a name or a ticket, on one line');
  const keyFile = textOption(context, 'key');
  if (keyFile === undefined) {
    throw new RuntimeError(
      'usage',
      'a drill is certified: name the signing key with --key (pgattest drill keygen makes one)',
    );
  }
  const key = await loadSigningKey(keyFile);
  return { by, key, outDir: textOption(context, 'out') ?? 'drills' };
}

/**
 * Shows the plans, or runs the drills one after another when they are approved and every precondition of all of them is
 * met. Exit codes: 0 passed (or would start), 1 a drill failed, 3 refused or not finished.
 */
export async function runDrills(
  context: CommandContext,
  drills: readonly Drill[],
  approval: Approval | undefined,
): Promise<ExitCode> {
  const isJson = context.options['json'] === true;
  const deadlineMs = parseDurationMs(textOption(context, 'deadline') ?? '2h');
  const refusals = drills.flatMap(({ plan }) => refusalsOf(plan.preconditions));
  if (approval === undefined || refusals.length > 0) {
    if (isJson) {
      const document = {
        schemaVersion: 1,
        dryRun: true,
        refused: refusals.length > 0,
        plans: drills.map(({ plan }) => plan),
      };
      context.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    } else {
      context.stdout.write(drills.map(({ plan }) => renderPlan(plan)).join('\n'));
    }
    const reasons = refusals.map(({ title, state, detail }) => `refused: ${title} (${state}): ${detail}\n`);
    context.stderr.write([...new Set(reasons)].join(''));
    if (refusals.length > 0) return exitCode.incomplete;
    context.stderr.write('dry run: nothing was done; add --approve "who or ticket" to execute\n');
    return exitCode.ok;
  }
  await makeOutDirectory(approval.outDir);
  const operator = operatorOf(context.env, await readFile('/etc/passwd', 'utf8'));
  const watcher = progressWatcher(context);
  const certificates: { readonly file: string; readonly certificate: Certificate }[] = [];
  for (const drill of drills) {
    const { certificate, evidence } = await conductDrill(drill, {
      approval: { by: approval.by, operator },
      deadlineMs,
      signal: context.signal,
      clock: systemClock,
      watcher,
      pgattestVersion: version,
    });
    const file = await writeCertificate(approval.outDir, signCertificate(certificate, approval.key), evidence);
    certificates.push({ file, certificate });
    if (!isJson) context.stdout.write(summaryOf(certificate, file));
    if (context.signal.aborted) break;
  }
  if (isJson)
    context.stdout.write(`${JSON.stringify({ schemaVersion: 1, dryRun: false, certificates }, undefined, 2)}\n`);
  return exitOf(certificates.map(({ certificate }) => certificate));
}

/** A failure is told before what could not be finished: it is certain. */
export function exitOf(certificates: readonly Pick<Certificate, 'outcome'>[]): ExitCode {
  if (certificates.some(({ outcome }) => outcome === 'failed')) return exitCode.findings;
  return certificates.some(({ outcome }) => outcome === 'aborted') ? exitCode.incomplete : exitCode.ok;
}

function summaryOf(certificate: Certificate, file: string): string {
  const { outcome, kind, cluster, repo, backupLabel, rtoSeconds, rpoSeconds, rpoRows, rpoBytes, reason, findings } =
    certificate;
  const subject =
    repo === undefined ? cluster : `${cluster} repo${repo}${backupLabel === undefined ? '' : ` ${backupLabel}`}`;
  const figures = [
    ...(rtoSeconds === undefined ? [] : [`RTO ${rtoSeconds} s`]),
    ...(rpoSeconds === undefined ? [] : [`RPO ${rpoSeconds} s`]),
    ...(rpoRows === undefined ? [] : [`${rpoRows} rows`]),
    ...(rpoBytes === undefined ? [] : [`${rpoBytes} bytes`]),
  ].join(', ');
  const lines =
    findings.length === 0 && reason !== undefined
      ? [`  ${reason}`]
      : findings.map(({ code, message }) => `  ${code}: ${message}`);
  const head = `${outcome}: ${kind} of ${subject}${figures === '' ? '' : ` (${figures})`}`;
  return [head, ...lines, `  certificate: ${file}`, ''].join('\n');
}

function progressWatcher(context: CommandContext): StepWatcher {
  const progress = createProgress(context.stderr, { quiet: context.options['quiet'] === true });
  return {
    begin(title) {
      const step = progress.step(title);
      return {
        end(outcome, detail) {
          if (outcome === 'done') step.done(detail);
          else step.fail(detail ?? 'failed');
        },
      };
    },
  };
}
