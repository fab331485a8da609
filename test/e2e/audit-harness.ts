import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditCommands, auditRules, defaultAuditConfig, runAudit, settingsOf, type AuditRun } from '@pgattest/audit';
import type { DemoCluster } from '@pgattest/lab';
import { runCommandLine } from '@pgattest/runtime';

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pgattest audit …` in this process. */
export async function pgattestAudit(argv: readonly string[]): Promise<CommandResult> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const commands = [{ name: 'audit', summary: 'audit', commands: auditCommands }];
  const program = { name: 'pgattest', version: '0.0.0', summary: 'test', commands };
  const io = { stdout, stderr, stdin: new PassThrough(), env: {} };
  const code = await runCommandLine(program, ['audit', ...argv], io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** Options that name every instance of a demo cluster as its auditor role sees it. */
export const instanceOptions = (cluster: DemoCluster): readonly string[] => [
  '--cluster',
  cluster.name,
  ...cluster.nodes.flatMap((node) => ['--instance', `${node.name}=${cluster.dsn(node, 'auditor')}`]),
];

/** Deadlines for members that answer: a machine that is slow for a second must not look like a member that is. */
const patient = { connect_timeout: '20s', probe_timeout: '30s' } as const;

/** Deadlines for a member that hangs. */
export const impatient = { connect_timeout: '2s', probe_timeout: '4s' } as const;

/** What the demo has not, or is not asked about. */
export const notInDemo = ['patroni', 'etcd', 'haproxy', 'pgbouncer', 'node', 'monitoring', 'records'] as const;

/** One audit of a demo cluster with every probe and check, filed below `directory`. */
export async function auditDemo(
  cluster: DemoCluster,
  directory: string,
  deadlines: { readonly connect_timeout: string; readonly probe_timeout: string } = patient,
): Promise<AuditRun> {
  const instances = cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') }));
  const declared = { name: cluster.name, members: instances, absent: [...notInDemo] };
  const config = await defaultAuditConfig([declared], auditRules, {
    evidence_dir: join(directory, 'evidence'),
    report_dir: join(directory, 'reports'),
    ...deadlines,
  });
  const settings = settingsOf(config, ['mlps-l3', 'soc2']);
  const signal = AbortSignal.timeout(120_000);
  return runAudit(declared, { settings, rules: auditRules, env: {}, signal, now: () => new Date() });
}

/** `pg-tls-enabled/pg-demo-1` -> `pass`. */
export const outcomesOf = ({ assessment }: AuditRun): Readonly<Record<string, string>> =>
  Object.fromEntries(assessment.findings.map(({ id, outcome }) => [id, outcome]));

/** Every file below a folder, with its text. */
export async function readTree(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}
