import type { Drill, DrillRun } from '../conduct/conduct.ts';
import type { Precondition } from '../conduct/precondition.ts';
import type { BackupFinding } from './finding.ts';
import { inspectRepository } from './inspect.ts';
import type { PgbackrestTarget } from './pgbackrest.ts';
import type { Repository } from './repository-info.ts';
import { verifyRepository } from './verify.ts';

export interface BackupCheckOptions {
  readonly target: PgbackrestTarget;
  readonly cluster: string;
  readonly pgbackrestVersion: string;
  readonly preconditions: readonly Precondition[];
  readonly timeoutMs: number;
}

/** Reads one repository to the last byte, without starting a server: chains, files, checksums, WAL continuity. */
export function backupCheckDrill(repository: Repository, options: BackupCheckOptions): Drill {
  const { target, cluster } = options;
  const { repo } = repository;
  const newest = repository.backups.at(-1);
  return {
    kind: 'backup-check',
    cluster,
    subject: `repo${repo}`,
    plan: {
      title: `backup check of ${cluster}, repository ${repo} (${repository.backups.length} backups, cipher ${repository.cipher})`,
      changes: [],
      steps: [
        `compare what repo${repo} lists with what lies in it: chains, files of every manifest, sizes`,
        'look for holes in the archived WAL, along its timelines',
        `read every byte with pgbackrest verify --repo=${repo} (takes CPU and I/O of this host and the repository)`,
      ],
      preconditions: options.preconditions,
    },
    execute: (run) => check(repository, options, newest?.label, run),
  };

  async function check(
    subject: Repository,
    { timeoutMs, pgbackrestVersion }: BackupCheckOptions,
    label: string | undefined,
    run: DrillRun,
  ): Promise<void> {
    run.tool('pgbackrest', pgbackrestVersion);
    const last = subject.backups.at(-1);
    run.record({ repo, repoCipher: subject.cipher });
    if (last !== undefined && label !== undefined) {
      run.record({
        backupLabel: label,
        backupType: last.type,
        backupStopTime: new Date(last.stopSeconds * 1000).toISOString(),
        backupChain: [...new Set([...last.references.toSorted(), label])],
      });
    }
    const call = { signal: run.signal, timeoutMs };
    const told = new Set<string>();
    const tell = (findings: readonly BackupFinding[]): void => {
      for (const finding of findings) {
        // Listing and verify both see a file that is gone.
        if (told.has(finding.subject)) continue;
        told.add(finding.subject);
        run.finding(finding);
      }
    };
    const inspection = await run.timeline.run('inspect', 'compare lists, files and WAL', async (note) => {
      const result = await inspectRepository(target, subject, call);
      note(`${result.findings.length} findings`);
      return result;
    });
    for (const one of inspection.checks) run.check(one);
    tell(inspection.findings);
    if (subject.backups.length === 0) return;
    await run.timeline.run('verify', 'read every byte with pgbackrest verify', async (note) => {
      const verification = await verifyRepository(target, repo, inspection.manifests, call);
      note(verification.summary);
      run.evidence(`verify-repo${repo}.txt`, verification.text);
      const [first] = verification.findings;
      run.check({
        id: 'backup-checksums',
        subject: `repo${repo}`,
        outcome: first === undefined ? 'pass' : 'fail',
        detail: first?.message ?? `${verification.summary}, every checksum right`,
      });
      tell(verification.findings);
    });
  }
}
