import { parseBackrestInfo } from '@pgattest/connect';
import { expose, type Family } from '@pgattest/runtime';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noInfo } from './collect-info.ts';
import { mergeStanza } from './known-stanza.ts';
import { pageOf, selfOf } from './page.ts';
import type { BackrestState, ShowOptions } from './state.ts';

const fixtures = new URL('../../../connect/src/pgbackrest/fixtures/', import.meta.url);
const plain: ShowOptions = {
  referenceCount: false,
  verboseWal: false,
  databaseCount: false,
  databaseCountLatest: false,
  walGraceSeconds: 0,
};

function stateOf(name: string): BackrestState {
  const parsed = parseBackrestInfo(readFileSync(new URL(name, fixtures), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const stanzas = new Map(parsed.value.stanzas.map((info) => [info.name, mergeStanza(undefined, info, 1_795_300_000)]));
  return {
    version: undefined,
    info: { ...noInfo, stanzas, statuses: [{ stanza: 'all-stanzas', isOk: true }] },
    databases: new Map(),
    wal: undefined,
    archiver: undefined,
    verify: new Map(),
    config: undefined,
    settings: [],
    local: [],
    schedule: undefined,
    drills: [],
  };
}

/** Lines of a page that hold all of these words. */
function lines(families: readonly Family[], ...words: readonly string[]): readonly string[] {
  return expose(families)
    .split('\n')
    .filter((line) => !line.startsWith('#') && words.every((word) => line.includes(word)));
}
const page = (name: string, options: Partial<ShowOptions> = {}): readonly Family[] =>
  pageOf(stateOf(name), [], { ...plain, ...options });
const self = (name: string, seconds: number): readonly Family[] =>
  selfOf(stateOf(name), [], [], { seconds, uptimeSeconds: 1 });

test('pgBackRest 2.45: a backup as pgbackrest_exporter shows it', () => {
  expect(lines(page('info-2.45-full-diff-incr.json'), 'pgbackrest_backup_info', 'backup_type="incr"')).toEqual([
    'pgbackrest_backup_info{backrest_ver="2.45",backup_name="20261121-190242F_20261121-193941I",backup_type="incr",block_incr="n",database_id="1",lsn_start="0/1E000028",lsn_stop="0/1F000050",pg_version="15",prior="20261121-190242F_20261121-193938D",repo_key="1",stanza="pg-test",wal_start="00000011000000000000001E",wal_stop="00000011000000000000001F"} 1',
  ]);
  expect(lines(page('info-2.45-set-checksum-error.json'), 'pgbackrest_backup_error_status')[0]).toMatch(/ 1$/);
});

const age = (seconds: number): string | undefined =>
  lines(self('info-2.45-full-diff-incr.json', seconds), 'backup_since_last_completion_seconds', '"incr"')[0];

test('the ages are those of the scrape, not of the collection', () => {
  expect(age(1_795_290_000)).toMatch(/ 18$/);
  expect(age(1_795_290_100)).toMatch(/ 118$/);
});

test('with fulls only, the full serves as diff and incr too', () => {
  const found = lines(page('info-2.45-lock.json'), 'pgbackrest_backup_last_duration_seconds');
  expect(found).toHaveLength(3);
  expect(new Set(found.map((line) => line.split(' ').at(-1))).size).toBe(1);
});

test('before 2.32 there is one repository with the key 0, and no word on errors, LSN and locks', () => {
  const families = page('info-2.25-single-repo.json');
  expect(lines(families, 'pgbackrest_repo_status')).toEqual([
    'pgbackrest_repo_status{cipher="none",repo_key="0",stanza="pg-test"} 0',
  ]);
  expect(lines(families, 'pgbackrest_backup_info', 'lsn_start="-"', 'pg_version="12"', 'repo_key="0"')).toHaveLength(1);
  expect(lines(families, 'pgbackrest_backup_error_status')[0]).toMatch(/ 0$/);
  expect(lines(families, 'pgbackrest_stanza_backup_repo_total_bytes', 'repo_key="0"')[0]).toMatch(/ 0$/);
  expect(lines(families, 'pgbackrest_stanza_backup_lock_status')[0]).toMatch(/ 0$/);
});

test('block incremental backups say so, and their unknown size is 0 as in the original', () => {
  const families = page('info-2.48-block-incremental-progress.json');
  expect(lines(families, 'pgbackrest_backup_repo_size_bytes', 'block_incr="y"')[0]).toMatch(/ 0$/);
  expect(lines(families, 'pgbackrest_backup_repo_size_map_bytes')[0]).toMatch(/ 1024$/);
  expect(lines(families, 'pgbackrest_stanza_backup_complete_bytes')[0]).toMatch(/ 1024$/);
  expect(lines(families, 'pgbackrest_stanza_backup_compete_bytes')[0]).toMatch(/ 1024$/);
  expect(lines(families, 'pgbackrest_stanza_lock_status')[0]).toMatch(/ 1$/);
});

test('every status code is shown as it is', () => {
  const found = lines(page('info-2.57-every-status.json'), 'pgbackrest_stanza_status');
  expect(found.map((line) => Number(line.split(' ').at(-1)))).toEqual([0, 1, 2, 3, 4, 5, 6, 99]);
  expect(lines(page('info-2.57-every-status.json'), 'pgbackrest_repo_error_info', 'class="cipher"')).toHaveLength(1);
});

test('from 2.56 on restores are shown, from 2.59 on the progress in each repository', () => {
  const families = page('info-2.59-restore-lock.json');
  expect(lines(families, 'pgbackrest_stanza_restore_lock_status')[0]).toMatch(/ 1$/);
  expect(lines(families, 'pgbackrest_stanza_restore_complete_bytes')[0]).toMatch(/ 3000$/);
  expect(lines(families, 'pgbackrest_stanza_backup_repo_total_bytes', 'repo_key="2"')[0]).toMatch(/ 200$/);
  expect(lines(families, 'pgbackrest_backup_annotations')[0]).toMatch(/ 1$/);
});

test('labels of WAL are filled only when asked for', () => {
  expect(lines(page('info-2.45-lock.json'), 'wal_archive_status', 'wal_min=""', 'wal_max=""')).toHaveLength(1);
  expect(lines(page('info-2.45-lock.json', { verboseWal: true }), 'wal_min="000000110000000000000030"')).toHaveLength(
    1,
  );
});

test('a repository that could not be read shows no count of backups', () => {
  expect(lines(page('info-2.45-repo-noperm.json'), 'pgbackrest_backup_count')).toEqual([]);
  expect(lines(page('info-2.45-repo-noperm.json'), 'pgbackrest_stanza_status', '[invalid]')[0]).toMatch(/ 99$/);
});

test('nothing known is nothing said: no backup, no window, no schedule', () => {
  const empty = { ...stateOf('info-2.45-repo-missing.json'), info: noInfo };
  expect(pageOf(empty, [], plain)).toEqual([]);
  const names = selfOf(empty, [], [], { seconds: 1, uptimeSeconds: 1 }).map(({ name }) => name);
  expect(names).toEqual([
    'pgbackrest_exporter_build_info',
    'pgbackrest_exporter_info',
    'pgbackrest_exporter_uptime_seconds',
    'pgbackrest_version_info',
  ]);
});
