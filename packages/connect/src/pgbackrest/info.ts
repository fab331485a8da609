import { backrestFailure, oneLine, type BackrestResult } from './failure.ts';
import type {
  ArchiveInfo,
  BackrestInfo,
  BackupInfo,
  BackupType,
  DatabaseInfo,
  LockInfo,
  RepositoryInfo,
  RepositoryProgress,
  StanzaInfo,
} from './info-model.ts';
import {
  findMember,
  findNumber,
  findText,
  InvalidShape,
  itemsOf,
  keysOf,
  member,
  numberOf,
  textOf,
  type JsonValue,
} from './json-value.ts';

/**
 * Reads what `info --output=json` printed, of any version from 2.25 on. Text before the JSON is kept as `preamble`, and
 * bytes that JSON does not allow, which a wrong cipher pass puts into messages, are replaced.
 */
export function parseBackrestInfo(text: string): BackrestResult<BackrestInfo> {
  // oxlint-disable-next-line no-control-regex -- pgBackRest does not escape them
  const clean = text.replaceAll(/[\u0000-\u0009\u000b\u000c\u000e-\u001f]/g, '?');
  const found = findDocument(quoteSystemIds(clean));
  if (found === undefined) {
    const start = oneLine(clean).slice(0, 160);
    return backrestFailure('parse', `info printed no JSON list${start === '' ? '' : `: ${start}`}`);
  }
  try {
    const stanzas = itemsOf({ at: '', value: found.document }).map(readStanza);
    return { ok: true, value: { stanzas, preamble: oneLine(found.preamble) } };
  } catch (error) {
    if (!(error instanceof InvalidShape)) throw error;
    return backrestFailure('parse', `info printed JSON of another shape: ${error.message}`);
  }
}

/** A number above 2^53 would be rounded. Inside of JSON texts quotes are escaped, so this finds keys only. */
function quoteSystemIds(text: string): string {
  return text.replaceAll(/("system-id":\s*)(\d+)/g, '$1"$2"');
}

/** The list: the whole text, or what begins at the first line from which on everything is JSON. */
function findDocument(text: string): { readonly document: unknown; readonly preamble: string } | undefined {
  for (const match of text.matchAll(/^\s*\[/gm)) {
    const at = match.index;
    const rest = text.slice(at);
    try {
      const document: unknown = JSON.parse(rest);
      if (Array.isArray(document)) return { document, preamble: text.slice(0, at) };
    } catch {
      // A warning may begin like a list; the next line may be it.
      continue;
    }
  }
  return undefined;
}

function readStanza(json: JsonValue): StanzaInfo {
  const status = member(json, 'status');
  const lock = findMember(status, 'lock');
  const backup = findMember(lock, 'backup');
  return {
    name: textOf(member(json, 'name')),
    code: numberOf(member(status, 'code')),
    message: oneLine(findText(member(status, 'message')) ?? ''),
    backupLock: readLock(backup),
    backupProgress: itemsOf(findMember(backup, 'repo')).map(readProgress),
    restoreLock: readLock(findMember(lock, 'restore')),
    repositories: itemsOf(member(json, 'repo')).map(readRepository),
    databases: itemsOf(member(json, 'db')).map(readDatabase),
    archives: itemsOf(member(json, 'archive')).map(readArchive),
    backups: itemsOf(member(json, 'backup')).map(readBackup),
  };
}

function readLock(json: JsonValue): LockInfo {
  return { isHeld: findMember(json, 'held').value === true, ...readSizes(json) };
}

function readProgress(json: JsonValue): RepositoryProgress {
  return { key: numberOf(member(json, 'key')), ...readSizes(json) };
}

function readSizes(json: JsonValue): { readonly sizeBytes?: number; readonly completeBytes?: number } {
  return {
    ...optional('sizeBytes', findNumber(findMember(json, 'size'))),
    ...optional('completeBytes', findNumber(findMember(json, 'size-cplt'))),
  };
}

function readRepository(json: JsonValue): RepositoryInfo {
  const status = member(json, 'status');
  return {
    key: numberOf(member(json, 'key')),
    cipher: findText(member(json, 'cipher')) ?? 'none',
    code: numberOf(member(status, 'code')),
    message: oneLine(findText(member(status, 'message')) ?? ''),
  };
}

function readDatabase(json: JsonValue): DatabaseInfo {
  const systemId = member(json, 'system-id');
  return {
    id: numberOf(member(json, 'id')),
    repoKey: findNumber(member(json, 'repo-key')) ?? 0,
    systemId: findText(systemId) ?? '',
    version: textOf(member(json, 'version')),
  };
}

function readArchive(json: JsonValue): ArchiveInfo {
  const database = member(json, 'database');
  return {
    id: textOf(member(json, 'id')),
    databaseId: numberOf(member(database, 'id')),
    repoKey: findNumber(member(database, 'repo-key')) ?? 0,
    ...optional('min', nonEmpty(findText(member(json, 'min')))),
    ...optional('max', nonEmpty(findText(member(json, 'max')))),
  };
}

function readBackup(json: JsonValue): BackupInfo {
  const database = member(json, 'database');
  const info = member(json, 'info');
  const repository = findMember(info, 'repository');
  const timestamp = member(json, 'timestamp');
  const error = member(json, 'error').value;
  const databases = member(json, 'database-ref');
  return {
    label: textOf(member(json, 'label')),
    type: readType(member(json, 'type')),
    ...optional('prior', findText(member(json, 'prior'))),
    references: itemsOf(member(json, 'reference')).map(textOf),
    databaseId: numberOf(member(database, 'id')),
    repoKey: findNumber(member(database, 'repo-key')) ?? 0,
    backrestVersion: textOf(member(member(json, 'backrest'), 'version')),
    startSeconds: numberOf(member(timestamp, 'start')),
    stopSeconds: numberOf(member(timestamp, 'stop')),
    ...optional('wal', readRange(member(json, 'archive'))),
    ...optional('lsn', readRange(member(json, 'lsn'))),
    sizeBytes: numberOf(member(info, 'size')),
    deltaBytes: numberOf(member(info, 'delta')),
    ...optional('repoSizeBytes', findNumber(findMember(repository, 'size'))),
    ...optional('repoDeltaBytes', findNumber(findMember(repository, 'delta'))),
    ...optional('repoSizeMapBytes', findNumber(findMember(repository, 'size-map'))),
    ...optional('repoDeltaMapBytes', findNumber(findMember(repository, 'delta-map'))),
    ...(typeof error === 'boolean' ? { hasPageErrors: error } : {}),
    annotations: keysOf(member(json, 'annotation')).length,
    ...(databases.value === undefined ? {} : { databases: itemsOf(databases).length }),
  };
}

function readType(json: JsonValue): BackupType {
  const text = textOf(json);
  if (text === 'full' || text === 'diff' || text === 'incr') return text;
  throw new InvalidShape(`${json.at} is "${oneLine(text)}", not full, diff or incr`);
}

function readRange(json: JsonValue): { readonly start: string; readonly stop: string } | undefined {
  const start = findText(findMember(json, 'start'));
  const stop = findText(findMember(json, 'stop'));
  return start === undefined || stop === undefined ? undefined : { start, stop };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** The key only where there is a value: absence is a missing key in our models. */
function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object of one computed key
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
