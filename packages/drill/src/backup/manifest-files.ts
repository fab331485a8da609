import type { RepositoryEntry } from '@pgattest/connect';
import { backupFinding, type BackupFinding } from './finding.ts';
import type { BackupManifest } from './manifest.ts';

/** Missing and short files beyond this many are told as a number. */
const longestList = 20;

/**
 * Whether every file of a manifest lies in the repository with its size. `entries` is the listing of `backup/<stanza>`,
 * recursively. Bundles must reach at least to the end of the last file in them.
 */
export function checkManifestFiles(
  repo: number,
  label: string,
  manifest: BackupManifest,
  entries: ReadonlyMap<string, RepositoryEntry>,
): readonly BackupFinding[] {
  const bundleEnds = new Map<string, number>();
  const findings: BackupFinding[] = [];
  const subject = (path: string): string => `repo${repo} ${label} ${path}`;
  const needed = label;
  for (const file of manifest.files) {
    const owner = file.reference ?? label;
    if (file.bundle !== undefined) {
      const path = `${owner}/bundle/${file.bundle.id}`;
      bundleEnds.set(path, Math.max(bundleEnds.get(path) ?? 0, file.bundle.offset + file.repoSizeBytes));
      continue;
    }
    // Empty files are only in the manifest where bundles are on.
    if (file.sizeBytes === 0 && manifest.isBundled) continue;
    const path = `${owner}/${file.path}${manifest.extension}`;
    const size = entries.get(path)?.sizeBytes;
    if (size === undefined) {
      const message = `${file.path} of backup ${needed} is missing: repo${repo} has no ${path}`;
      findings.push(backupFinding('backup-file-missing', subject(file.path), message));
    } else if (size !== file.repoSizeBytes) {
      const message = `${path} in repo${repo} has ${size} bytes, the manifest of ${needed} says ${file.repoSizeBytes}`;
      findings.push(backupFinding('backup-file-size', subject(file.path), message));
    }
  }
  for (const [path, end] of bundleEnds) {
    const size = entries.get(path)?.sizeBytes;
    if (size === undefined) {
      const message = `bundle ${path} of backup ${needed} is missing from repo${repo}`;
      findings.push(backupFinding('backup-file-missing', subject(path), message));
    } else if (size < end) {
      const message = `bundle ${path} in repo${repo} has ${size} bytes, the manifest of ${needed} needs ${end}`;
      findings.push(backupFinding('backup-file-size', subject(path), message));
    }
  }
  if (findings.length <= longestList) return findings;
  const message = `${findings.length - longestList} more files of backup ${label} are missing or have the wrong size`;
  return [...findings.slice(0, longestList), backupFinding('backup-file-missing', subject('…'), message)];
}
