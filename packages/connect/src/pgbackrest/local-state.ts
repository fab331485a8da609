import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backrestFailure, oneLine, type BackrestResult } from './failure.ts';
import { parseWalName } from './wal-segment.ts';

/** A segment that asynchronous archiving could not push, or `global` for what concerns none in particular. */
export interface SpoolError {
  readonly wal: string;
  /** Exit status of the push; absent when the file does not say. */
  readonly exitCode?: number;
  readonly message: string;
}

/** What asynchronous archiving has left for archive_command to find. */
export interface SpoolState {
  readonly errors: readonly SpoolError[];
  /** Segments pushed, and not asked for yet. */
  readonly pushed: number;
  /** Segments whose answer carries a warning, such as that they were dropped. */
  readonly warned: number;
}

/** Which files forbid pgBackRest to work here. */
export interface StopState {
  readonly stanza: boolean;
  readonly all: boolean;
}

/** Answers of a push that are opened; further ones count as pushed. */
const maxAnswers = 2000;

/** Stop files made by `pgbackrest stop`: while one is there backups end and archive_command fails. */
export async function readStopFiles(lockPath: string, stanza: string): Promise<BackrestResult<StopState>> {
  const names = await namesIn(lockPath);
  if (!names.ok) return names;
  return { ok: true, value: { stanza: names.value.includes(`${stanza}.stop`), all: names.value.includes('all.stop') } };
}

/** The lock of a backup on this host. */
export interface BackupLock {
  /** Whether the process that wrote the lock file lives: the file outlives a backup that was killed. */
  readonly isHeld: boolean;
  /** Share that is done, 0 to 1; absent while it is not told. */
  readonly progress?: number;
}

/** Reads the lock files of backups of a stanza: one until 2.52, one for each repository since. Errors: permission, other. */
export async function readBackupLock(lockPath: string, stanza: string): Promise<BackrestResult<BackupLock>> {
  const names = await namesIn(lockPath);
  if (!names.ok) return names;
  const prefix = `${stanza}-backup`;
  const files = names.value.filter(
    (name) => name.startsWith(prefix) && /^(?:-\d+)?\.lock$/.test(name.slice(prefix.length)),
  );
  for (const name of files) {
    const text = await readStart(join(lockPath, name));
    const pid = /"pid":(?<pid>\d+)/.exec(text)?.groups?.['pid'] ?? /^(?<pid>\d+)\s/.exec(text)?.groups?.['pid'];
    if (pid === undefined || !(await isBackrestProcess(pid))) continue;
    const progress = progressOf(text);
    return { ok: true, value: { isHeld: true, ...(progress === undefined ? {} : { progress }) } };
  }
  return { ok: true, value: { isHeld: false } };
}

async function isBackrestProcess(pid: string): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (!name.startsWith('pgbackrest')) return false;
  // One that was killed is listed until its parent has noticed.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(stat) && stat !== '';
}

/** Share that is done by the text of a lock file. */
export function progressOf(text: string): number | undefined {
  const number = (key: string): number | undefined => {
    const found = new RegExp(`"${key}":(?<value>\\d+)`).exec(text)?.groups?.['value'];
    return found === undefined ? undefined : Number(found);
  };
  const [size, complete, percent] = [number('sz'), number('szCplt'), number('pctCplt')];
  if (size !== undefined && complete !== undefined && size > 0) return Math.min(1, complete / size);
  // Hundredths of a percent.
  return percent === undefined ? undefined : Math.min(1, percent / 10_000);
}

/** Reads the outgoing spool of a stanza; one that is not there is empty. Errors: permission, other. */
export async function readSpool(spoolPath: string, stanza: string): Promise<BackrestResult<SpoolState>> {
  const folder = join(spoolPath, 'archive', stanza, 'out');
  const names = await namesIn(folder);
  if (!names.ok) return names;
  const errors: SpoolError[] = [];
  let [pushed, warned] = [0, 0];
  for (const name of names.value) {
    if (name.endsWith('.error')) errors.push(await readError(folder, name));
    else if (name.endsWith('.ok')) {
      pushed += 1;
      // An answer without a warning is an empty file.
      if (pushed <= maxAnswers && (await readStart(join(folder, name))) !== '') warned += 1;
    }
  }
  return { ok: true, value: { errors, pushed, warned } };
}

/** Number of segments that wait for archive_command, by the files beside the WAL. Errors: missing, permission, other. */
export async function countReadySegments(pgPath: string): Promise<BackrestResult<number>> {
  for (const wal of ['pg_wal', 'pg_xlog']) {
    const names = await namesIn(join(pgPath, wal, 'archive_status'), false);
    if (!names.ok && names.failure.class === 'missing') continue;
    if (!names.ok) return names;
    const ready = names.value.filter(
      (name) => name.endsWith('.ready') && parseWalName(name.slice(0, -'.ready'.length)) !== undefined,
    );
    return { ok: true, value: ready.length };
  }
  return backrestFailure('missing', `there is no pg_wal/archive_status in ${pgPath}`);
}

async function readError(folder: string, name: string): Promise<SpoolError> {
  const text = await readStart(join(folder, name));
  const [code = '', ...rest] = text.split('\n');
  return {
    wal: name.slice(0, -'.error'.length),
    ...(/^\d+$/.test(code.trim()) ? { exitCode: Number(code) } : {}),
    message: oneLine(rest.join(' ')),
  };
}

/** The first KiB; empty when the file has gone meanwhile. */
async function readStart(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}

async function namesIn(folder: string, mayBeMissing = true): Promise<BackrestResult<readonly string[]>> {
  try {
    return { ok: true, value: await readdir(folder) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && mayBeMissing) return { ok: true, value: [] };
    const reason = error instanceof Error ? error.message : String(error);
    const failureClass = code === 'EACCES' ? 'permission' : code === 'ENOENT' ? 'missing' : 'other';
    return backrestFailure(failureClass, `cannot list ${folder}: ${reason}`);
  }
}
