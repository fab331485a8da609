import { segmentSizeOf, segmentSizeOfLastPart, parseWalName, type RepositoryEntry } from '@pgattest/connect';
import type { CertificateCheck } from '../certificate/certificate.ts';
import { messageOf } from '../errors.ts';
import { checkChains } from './chain.ts';
import { backupFinding, type BackupFinding } from './finding.ts';
import { parseManifest, type BackupManifest } from './manifest.ts';
import { checkManifestFiles } from './manifest-files.ts';
import { askPgbackrest, type PgbackrestOptions, type PgbackrestTarget } from './pgbackrest.ts';
import { archiveIdOf, type Repository } from './repository-info.ts';
import { listRepository } from './repository-listing.ts';
import { parseTimelineHistory, type TimelineSwitch } from './timeline-history.ts';
import { checkContinuity } from './wal-continuity.ts';

/** What an inspection of one repository says without reading the data in it. */
export interface Inspection {
  readonly findings: readonly BackupFinding[];
  readonly checks: readonly CertificateCheck[];
  readonly manifests: ReadonlyMap<string, BackupManifest>;
  /** The last segment that recovery from the newest backup can reach; by archive id. */
  readonly reachable: ReadonlyMap<string, string>;
  readonly segmentBytes: ReadonlyMap<string, number>;
}

/** Chains, the files of every manifest by name and size, and WAL continuity of one repository. */
export async function inspectRepository(
  target: PgbackrestTarget,
  repository: Repository,
  options: PgbackrestOptions,
): Promise<Inspection> {
  const { repo } = repository;
  const findings: BackupFinding[] = [];
  const checks: CertificateCheck[] = [];
  const subject = `repo${repo}`;
  const judge = (id: string, found: readonly BackupFinding[], good: string): void => {
    findings.push(...found);
    const detail = found.length === 0 ? good : (found[0]?.message ?? '');
    checks.push({ id, subject, outcome: found.length === 0 ? 'pass' : 'fail', detail });
  };
  const entries = await listRepository(target, repo, `backup/${target.stanza}`, { ...options, recurse: true });
  const directories = entries.flatMap(({ path, type }) => (type === 'path' && !path.includes('/') ? [path] : []));
  judge(
    'backup-chain',
    checkChains(repository, directories),
    `${repository.backups.length} backups, each with all it needs`,
  );

  const manifests = new Map<string, BackupManifest>();
  judge(
    'backup-files',
    await checkFiles(target, repository, entries, options, manifests),
    `${[...manifests.values()].reduce((sum, { files }) => sum + files.length, 0)} files of ${manifests.size} manifests are there with their sizes`,
  );

  const wal = await checkArchives(target, repository, options);
  findings.push(...wal.findings);
  checks.push(...wal.checks);
  return { findings, checks, manifests, reachable: wal.reachable, segmentBytes: wal.segmentBytes };
}

async function checkFiles(
  target: PgbackrestTarget,
  { repo, backups }: Repository,
  entries: readonly RepositoryEntry[],
  options: PgbackrestOptions,
  manifests: Map<string, BackupManifest>,
): Promise<readonly BackupFinding[]> {
  const byPath = new Map(entries.map((entry) => [entry.path, entry] as const));
  const findings: BackupFinding[] = [];
  for (const { label } of backups) {
    // A chain without this directory has been told already.
    if (!byPath.has(label)) continue;
    const path = `backup/${target.stanza}/${label}/backup.manifest`;
    let manifest: BackupManifest | undefined;
    let why = 'it is cut off or no manifest';
    try {
      manifest = parseManifest(await askPgbackrest(target, ['repo-get', `--repo=${repo}`, path], options));
    } catch (error) {
      if (options.signal.aborted) throw error;
      why = messageOf(error);
    }
    if (manifest === undefined) {
      const message = `the manifest of backup ${label} in repo${repo} cannot be read: ${why}`;
      findings.push(backupFinding('manifest-unreadable', `repo${repo} ${label} backup.manifest`, message));
      continue;
    }
    manifests.set(label, manifest);
    findings.push(...checkManifestFiles(repo, label, manifest, byPath));
  }
  return findings;
}

async function checkArchives(
  target: PgbackrestTarget,
  repository: Repository,
  options: PgbackrestOptions,
): Promise<Omit<Inspection, 'manifests'>> {
  const { repo } = repository;
  const findings: BackupFinding[] = [];
  const checks: CertificateCheck[] = [];
  const reachable = new Map<string, string>();
  const segmentBytes = new Map<string, number>();
  const entries = await listRepository(target, repo, `archive/${target.stanza}`, { ...options, recurse: true });
  for (const archiveId of new Set(repository.backups.map((backup) => archiveIdOf(repository, backup)))) {
    const own = repository.backups.filter((backup) => archiveIdOf(repository, backup) === archiveId);
    const files = entries.flatMap(({ path }) =>
      path.startsWith(`${archiveId}/`) ? [path.slice(archiveId.length + 1)] : [],
    );
    const segments = files.flatMap((file) => /(?:^|\/)([0-9A-F]{24})-[0-9a-f]{40}/.exec(file)?.[1] ?? []).toSorted();
    const bytes =
      own.map(({ lsn, wal }) => segmentSizeOf(lsn?.start ?? '', wal?.start ?? '')).find((size) => size !== undefined) ??
      sizeByNames(segments);
    const subject = `repo${repo} ${archiveId}`;
    if (bytes === undefined) {
      const detail = 'the size of a WAL segment cannot be told from the backups or the archive';
      checks.push({ id: 'wal-continuity', subject, outcome: 'unavailable', detail });
      continue;
    }
    segmentBytes.set(archiveId, bytes);
    const histories = new Map<number, readonly TimelineSwitch[]>();
    for (const file of files) {
      const timeline = /^([0-9A-F]{8})\.history$/.exec(file)?.[1];
      if (timeline === undefined) continue;
      const path = `archive/${target.stanza}/${archiveId}/${file}`;
      const content = await askPgbackrest(target, ['repo-get', `--repo=${repo}`, path], options);
      histories.set(Number.parseInt(timeline, 16), parseTimelineHistory(content, bytes));
    }
    const result = checkContinuity({ repo, archiveId, segmentBytes: bytes, segments, histories }, own);
    findings.push(...result.findings);
    if (result.reachable !== undefined) reachable.set(archiveId, result.reachable);
    const [first] = result.findings;
    const good = `${segments.length} segments of ${bytes} bytes, no hole from the oldest backup to ${result.reachable ?? 'its end'}`;
    checks.push({
      id: 'wal-continuity',
      subject,
      outcome: first === undefined ? 'pass' : 'fail',
      detail: first?.message ?? good,
    });
  }
  return { findings, checks, reachable, segmentBytes };
}

/** By the highest last part seen before the next log begins. */
function sizeByNames(segments: readonly string[]): number | undefined {
  const names = segments.flatMap((name) => parseWalName(name) ?? []);
  const lastLog = Math.max(...names.map(({ log }) => log));
  const parts = names.filter(({ log }) => log < lastLog).map(({ part }) => part);
  return parts.length === 0 ? undefined : segmentSizeOfLastPart(Math.max(...parts));
}
