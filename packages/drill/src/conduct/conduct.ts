import { createHash } from 'node:crypto';
import { redactSecrets } from '@pgattest/runtime';
import type {
  Certificate,
  CertificateCheck,
  CertificateFacts,
  CertificateFinding,
  DrillKind,
  DrillOutcome,
} from '../certificate/certificate.ts';
import { DrillError, messageOf } from '../errors.ts';
import type { DrillPlan } from './approval.ts';
import type { Clock } from './clock.ts';
import { createTimeline, type StepWatcher, type Timeline } from './timeline.ts';

/** What a drill does its work with; everything it records is in the certificate even when the drill is aborted. */
export interface DrillRun {
  readonly timeline: Timeline;
  readonly clock: Clock;
  /** Aborts at the deadline of the drill and on the first Ctrl-C. */
  readonly signal: AbortSignal;
  record(facts: CertificateFacts): void;
  check(check: CertificateCheck): void;
  finding(finding: CertificateFinding): void;
  /** Keeps text as a file of evidence beside the certificate. It must hold no secret. */
  evidence(name: string, content: string): void;
  tool(name: string, version: string): void;
}

/** One drill, ready to be run or only shown. */
export interface Drill {
  readonly kind: DrillKind;
  readonly cluster: string;
  /** Part of the id between kind and time: `repo1`. */
  readonly subject: string | undefined;
  readonly plan: DrillPlan;
  /** Returns when everything was measured; throws DrillError when it had to stop. */
  readonly execute: (run: DrillRun) => Promise<void>;
}

export interface ConductOptions {
  readonly approval: { readonly by: string; readonly operator: string };
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly watcher: StepWatcher;
  readonly pgattestVersion: string;
}

/** What a drill left: the certificate before it is signed, and the content of its evidence. */
export interface ConductedDrill {
  readonly certificate: Certificate;
  readonly evidence: ReadonlyMap<string, string>;
}

/** Runs an approved drill whose preconditions are met. Never throws for what happens in the drill: that is the certificate. */
export async function conductDrill(drill: Drill, options: ConductOptions): Promise<ConductedDrill> {
  const { clock, approval } = options;
  const timeline = createTimeline(clock, options.watcher);
  const started = clock.now().toISOString();
  let facts: CertificateFacts = {};
  const checks: CertificateCheck[] = [];
  const findings: CertificateFinding[] = [];
  const evidence = new Map<string, string>();
  const tools = new Map<string, string>([
    ['pgattest', options.pgattestVersion],
    ['node', process.versions.node],
  ]);
  const deadline = AbortSignal.timeout(Math.min(options.deadlineMs, 2_147_483_647));
  const signal = AbortSignal.any([options.signal, deadline]);
  let stopped: string | undefined;
  try {
    await drill.execute({
      timeline,
      clock,
      signal,
      record: (more) => {
        facts = { ...facts, ...more };
      },
      check: (check) => void checks.push(check),
      finding: (finding) => void findings.push(finding),
      evidence: (name, content) => void evidence.set(name, redactSecrets(content)),
      tool: (name, version) => void tools.set(name, version),
    });
  } catch (error) {
    stopped = stopReason(error, options.signal, deadline, options.deadlineMs);
  }
  const { outcome, reason } = judge(stopped, checks, findings);
  const certificate: Certificate = {
    ...facts,
    schemaVersion: 1,
    id: idOf(drill, started),
    kind: drill.kind,
    cluster: drill.cluster,
    started,
    finished: clock.now().toISOString(),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    approval: { ...approval, at: started },
    preconditions: drill.plan.preconditions,
    steps: timeline.steps(),
    checks,
    findings,
    evidence: [...evidence].map(([name, content]) => ({
      name,
      sha256: createHash('sha256').update(content).digest('hex'),
      sizeBytes: Buffer.byteLength(content),
    })),
    tools: Object.fromEntries(tools),
  };
  return { certificate, evidence };
}

/** Findings decide before what could not be finished: a failure is certain. */
export function judge(
  stopped: string | undefined,
  checks: readonly CertificateCheck[],
  findings: readonly CertificateFinding[],
): { readonly outcome: DrillOutcome; readonly reason: string | undefined } {
  const [finding] = findings;
  if (finding !== undefined) {
    const more = findings.length === 1 ? '' : ` (and ${findings.length - 1} more)`;
    return { outcome: 'failed', reason: `${finding.message}${more}` };
  }
  const failed = checks.find(({ outcome }) => outcome === 'fail');
  if (failed !== undefined)
    return { outcome: 'failed', reason: `check ${failed.id} of ${failed.subject}: ${failed.detail}` };
  if (stopped !== undefined) return { outcome: 'aborted', reason: stopped };
  const blind = checks.find(({ outcome }) => outcome === 'unavailable');
  if (blind !== undefined) {
    return { outcome: 'aborted', reason: `check ${blind.id} of ${blind.subject} could not be done: ${blind.detail}` };
  }
  return { outcome: 'passed', reason: undefined };
}

function stopReason(error: unknown, user: AbortSignal, deadline: AbortSignal, deadlineMs: number): string {
  if (error instanceof DrillError) return error.message;
  if (user.aborted) return `interrupted: ${messageOf(error)}`;
  if (deadline.aborted) return `the deadline of ${Math.round(deadlineMs / 1000)} s passed: ${messageOf(error)}`;
  return messageOf(error);
}

function idOf(drill: Drill, started: string): string {
  const time = started.replaceAll(/[-:]|\.\d+/g, '');
  const parts = [drill.cluster, drill.kind, ...(drill.subject === undefined ? [] : [drill.subject]), time];
  return parts.join('-').replaceAll(/[^A-Za-z0-9._-]/g, '_');
}
