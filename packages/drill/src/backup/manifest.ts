import { number, text } from '../json-members.ts';

/** One file of a backup and where its bytes lie. */
export interface ManifestFile {
  /** `pg_data/base/5/1259` */
  readonly path: string;
  readonly sizeBytes: number;
  readonly repoSizeBytes: number;
  /** Backup that holds it when that is another one. */
  readonly reference: string | undefined;
  /** Number of the bundle and offset in it; undefined for a file of its own. */
  readonly bundle: { readonly id: number; readonly offset: number } | undefined;
}

/** What a drill needs of `backup.manifest`. The section that holds a key is never read. */
export interface BackupManifest {
  /** `.gz`, `.zst`, or nothing. */
  readonly extension: string;
  readonly isBundled: boolean;
  readonly files: readonly ManifestFile[];
}

const extensions: Readonly<Record<string, string>> = { none: '', gz: '.gz', lz4: '.lz4', zst: '.zst', bz2: '.bz2' };

/** Undefined when the text is no manifest: cut off, or decrypted with the wrong pass. */
export function parseManifest(content: string): BackupManifest | undefined {
  let section = '';
  let compress = 'none';
  let isBundled = false;
  let isComplete = false;
  const files: ManifestFile[] = [];
  for (const line of content.split('\n')) {
    if (/^\[[a-z:]+\]$/.test(line)) {
      section = line.slice(1, -1);
    } else if (section === 'backup' && line === 'backup-bundle=true') {
      isBundled = true;
    } else if (section === 'backup:option' && line.startsWith('option-compress-type=')) {
      compress = line.slice('option-compress-type='.length).replaceAll('"', '');
    } else if (section === 'backrest' && line.startsWith('backrest-checksum=')) {
      isComplete = true;
    } else if (section === 'target:file' && line !== '') {
      const file = parseFile(line);
      if (file === undefined) return undefined;
      files.push(file);
    }
  }
  const extension = extensions[compress];
  return isComplete && files.length > 0 && extension !== undefined ? { extension, isBundled, files } : undefined;
}

/** `pg_data/base/5/1259={"bni":1,"bno":47328,"repo-size":16912,"size":114688}`; names may hold `=`. */
function parseFile(line: string): ManifestFile | undefined {
  const at = line.indexOf('={');
  if (at === -1) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(at + 1));
  } catch {
    return undefined;
  }
  const size = number(value, 'size');
  const id = number(value, 'bni');
  if (size === undefined) return undefined;
  return {
    path: line.slice(0, at),
    sizeBytes: size,
    // Absent when it equals the size, or in a block incremental backup, where it is not comparable.
    repoSizeBytes: number(value, 'repo-size') ?? size,
    reference: text(value, 'reference'),
    bundle: id === undefined ? undefined : { id, offset: number(value, 'bno') ?? 0 },
  };
}
