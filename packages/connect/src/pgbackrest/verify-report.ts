import { backrestFailure, oneLine, type BackrestResult } from './failure.ts';

/** Files that `verify` found bad, by what is wrong. */
export interface VerifyErrors {
  readonly missing: number;
  readonly checksum: number;
  readonly size: number;
  readonly other: number;
}

/** Result for the WAL of one archive id. */
export interface VerifiedArchive {
  readonly id: string;
  readonly checked: number;
  readonly valid: number;
  readonly errors: VerifyErrors;
}

/** Result for one backup. `status` as printed: valid, invalid, manifest missing, in-progress. */
export interface VerifiedBackup {
  readonly label: string;
  readonly status: string;
  readonly checked: number;
  readonly valid: number;
  readonly errors: VerifyErrors;
}

/** What `verify --output=text --verbose` found in one repository. */
export interface VerifyReport {
  readonly stanza: string;
  /** False also when the text says ok and an item in it does not. */
  readonly isOk: boolean;
  readonly archives: readonly VerifiedArchive[];
  readonly backups: readonly VerifiedBackup[];
  /** Other lines, such as `no archives or backups exist in the repo`. */
  readonly remarks: readonly string[];
}

const noErrors: VerifyErrors = { missing: 0, checksum: 0, size: 0, other: 0 };

/**
 * Reads the text of `verify`, whose exit status is 0 whatever it found. Without a `status:` line there is no verdict:
 * that is a parse failure, never a pass.
 */
export function parseVerifyReport(text: string): BackrestResult<VerifyReport> {
  let stanza: string | undefined;
  let status: string | undefined;
  const archives: VerifiedArchive[] = [];
  const backups: VerifiedBackup[] = [];
  const remarks: string[] = [];
  let last: 'archive' | 'backup' | undefined;

  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const fields = fieldsOf(line);
    if (fields.has('archiveId')) {
      archives.push({
        id: fields.get('archiveId') ?? '',
        checked: count(fields, 'total WAL checked'),
        valid: count(fields, 'total valid WAL'),
        errors: noErrors,
      });
      last = 'archive';
    } else if (fields.has('backup')) {
      backups.push({
        label: fields.get('backup') ?? '',
        status: fields.get('status') ?? '',
        checked: count(fields, 'total files checked'),
        valid: count(fields, 'total valid files'),
        errors: noErrors,
      });
      last = 'backup';
    } else if (fields.has('missing') && last !== undefined) {
      const list: { errors: VerifyErrors }[] = last === 'archive' ? archives : backups;
      const item = list.pop();
      if (item !== undefined) list.push({ ...item, errors: errorsOf(fields) });
    } else if (fields.has('stanza')) stanza ??= fields.get('stanza');
    else if (fields.has('status')) status ??= fields.get('status');
    else remarks.push(oneLine(line));
  }
  if (stanza === undefined || (status !== 'ok' && status !== 'error')) {
    return backrestFailure('parse', `verify printed no verdict: ${oneLine(text).slice(0, 200)}`);
  }
  const isOk =
    status === 'ok' &&
    ![...archives, ...backups].some(isBad) &&
    backups.every((backup) => backup.status === 'valid' || backup.status === 'in-progress');
  return { ok: true, value: { stanza, isOk, archives, backups, remarks } };
}

function isBad({ errors }: { readonly errors: VerifyErrors }): boolean {
  return [errors.missing, errors.checksum, errors.size, errors.other].some((files) => files > 0);
}

/** `a: 1, b c: 2` as a map. */
function fieldsOf(line: string): ReadonlyMap<string, string> {
  const pairs = line.split(', ').flatMap((part): readonly (readonly [string, string])[] => {
    const at = part.indexOf(': ');
    return at === -1 ? [] : [[part.slice(0, at), part.slice(at + 2)]];
  });
  return new Map(pairs);
}

function count(fields: ReadonlyMap<string, string>, name: string): number {
  return Number.parseInt(fields.get(name) ?? '0', 10);
}

function errorsOf(fields: ReadonlyMap<string, string>): VerifyErrors {
  return {
    missing: count(fields, 'missing'),
    checksum: count(fields, 'checksum invalid'),
    size: count(fields, 'size invalid'),
    other: count(fields, 'other'),
  };
}
