import { chmod, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { backrestContract } from '../contract/pgbackrest-contract.ts';
import { startTestBackrestExporter, type BackrestPage, type TestBackrestExporter } from './pgbackrest-harness.ts';
import {
  archiveCommand,
  endGroup,
  repositoryPass,
  stanza,
  startBackrestServer,
  type BackrestServer,
} from './pgbackrest-server.ts';

/*
 * Everything here is done to a real PostgreSQL 15 with a real pgBackRest and two repositories, one encrypted. The pause
 * between collections is a day: what is seen, is seen within the one collection that was asked for.
 */

// A guard against hanging: initdb, backups and the archiver's pauses take long on a busy machine.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let server: BackrestServer;
let exporter: TestBackrestExporter;
const inRepo = (key: number): Readonly<Record<string, string>> => ({ stanza, repo_key: String(key) });

beforeAll(async () => {
  server = await startBackrestServer();
  await server.backrest('--repo=1', '--type=full', 'backup');
  await server.backrest('--repo=2', '--type=full', 'backup');
  await server.backrest('--repo=1', '--type=diff', 'backup');
  await server.backrest('--repo=1', '--type=incr', 'backup', '--annotation=why=test');
  exporter = await startTestBackrestExporter(server, {
    verboseWal: true,
    databaseCount: true,
    databaseCountLatest: true,
    referenceCount: true,
  });
});
afterAll(async () => {
  await exporter.close();
  await server.stop();
});
afterEach(async () => {
  const said = [exporter.log(), (await exporter.get('/metrics')).body, (await exporter.get('/api/status')).body];
  if (said.some((text) => text.includes(repositoryPass))) throw new Error('the pass of the repository was told');
});

const isHealthy = (page: BackrestPage): boolean =>
  page.value('pgbackrest_stanza_status', { stanza }) === 0 &&
  [1, 2].every(
    (key) =>
      page.value('pgbackrest_newest_backup_chain_status', inRepo(key)) === 0 &&
      page.value('pgbackrest_wal_missing_segments', inRepo(key)) === 0 &&
      page.value('pgbackrest_archiver_lost_segments', inRepo(key)) === 0 &&
      page.value('pgbackrest_broken_off_backups', inRepo(key)) === 0,
  ) &&
  page.value('pgbackrest_archiver_failing', { stanza }) === 0;

const healthy = (): Promise<BackrestPage> => exporter.collectUntil(isHealthy, 'healthy');

test('every metric of pgbackrest_exporter is there as a gauge with its labels', async () => {
  const page = await exporter.collectUntil(
    (one) => isHealthy(one) && one.value('pgbackrest_backup_databases') !== undefined,
    'healthy',
  );
  const shapes = new Map(
    page.families.map(({ name, kind, labelNames }) => [name, { kind, labels: labelNames.toSorted() }]),
  );
  const wrong = backrestContract.filter(({ name, labels }) => {
    const shape = shapes.get(name);
    return shape?.kind !== 'gauge' || JSON.stringify(shape.labels) !== JSON.stringify(labels);
  });
  expect(wrong).toEqual([]);
  expect(page.value('pgbackrest_backup_info', { backup_type: 'incr', repo_key: '1', backrest_ver: '2.45' })).toBe(1);
  expect(page.value('pgbackrest_backup_annotations', { backup_type: 'incr' })).toBe(1);
  expect(page.value('pgbackrest_backup_references', { backup_type: 'incr', ref_backup: 'full' })).toBe(1);
  expect(page.value('pgbackrest_backup_databases', { repo_key: '2' })).toBe(1);
  expect(page.value('pgbackrest_version_info')).toBe(2_045_000);
  expect(page.value('pgbackrest_repo_status', { repo_key: '2', cipher: 'aes-256-cbc' })).toBe(0);
  expect(page.labels('pgbackrest_wal_archive_status')[0]?.['wal_min']).toMatch(/^0000000100000000000000/);
});

test('the recovery window, the chain and the configuration are told for each repository', async () => {
  const page = await healthy();
  const oldest = page.value('pgbackrest_recovery_oldest_timestamp_seconds', inRepo(1)) ?? 0;
  const newest = page.value('pgbackrest_recovery_newest_timestamp_seconds', inRepo(1)) ?? 0;
  const firstFull = page.value('pgbackrest_backup_oldest_stop_timestamp_seconds', {
    ...inRepo(1),
    backup_type: 'full',
  });
  expect(oldest).toBe(firstFull);
  expect(newest).toBeGreaterThan(oldest);
  expect(page.value('pgbackrest_recovery_window_seconds', inRepo(1))).toBe(newest - oldest);
  expect(page.value('pgbackrest_newest_backup_chain_length', inRepo(1))).toBe(3);
  expect(page.value('pgbackrest_newest_backup_chain_length', inRepo(2))).toBe(1);
  expect(page.value('pgbackrest_wal_segment_size_bytes', inRepo(1))).toBe(16 * 1024 * 1024);
  expect(page.value('pgbackrest_config_repo_encrypted', inRepo(1))).toBe(0);
  expect(page.value('pgbackrest_config_repo_encrypted', inRepo(2))).toBe(1);
  expect(page.value('pgbackrest_config_retention', { ...inRepo(2), kind: 'full' })).toBe(14);
  expect(page.value('pgbackrest_config_repo_info', { repo_key: '2', retention_full_type: 'time' })).toBe(1);
  expect((await exporter.get('/health')).status).toBe(200);
  expect((await exporter.get('/explain')).body).toContain('can be restored');
});

test('a repository that cannot be read is said with its class, and its data stay with their age', async () => {
  const before = await healthy();
  const backups = before.labels('pgbackrest_backup_info').length;
  await chmod(join(server.folder, 'repo2'), 0o000);
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_repo_status', inRepo(2)) === 99,
      'saw the repository that cannot be read',
    );
    expect(page.value('pgbackrest_repo_error_info', { ...inRepo(2), class: 'permission' })).toBe(1);
    expect(page.value('pgbackrest_repo_status', inRepo(1))).toBe(0);
    expect(page.labels('pgbackrest_backup_info')).toHaveLength(backups);
    const [old, fresh] = [2, 1].map((key) => page.value('pgbackrest_repo_data_age_seconds', inRepo(key)) ?? 0);
    expect(old).toBeGreaterThan(fresh ?? 0);
    const failed = await exporter.collectUntil(
      (one) => one.value('pgbackrest_exporter_task_success', { task: 'wal' }) === 0,
      'said that the listing failed',
    );
    expect(failed.value('pgbackrest_recovery_window_seconds', inRepo(2))).toBeDefined();
  } finally {
    await chmod(join(server.folder, 'repo2'), 0o750);
  }
  await healthy();
});

test('when no repository can be read, [invalid] is shown and the stanza keeps its backups', async () => {
  const before = await healthy();
  const folders = ['repo1', 'repo2'].map((name) => join(server.folder, name));
  for (const folder of folders) await chmod(folder, 0o000);
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_stanza_status', { stanza: '[invalid]' }) === 99,
      'saw the placeholder',
    );
    expect(page.value('pgbackrest_exporter_status', { stanza: 'all-stanzas' })).toBe(1);
    const kept = await exporter.collectUntil(
      (one) => one.value('pgbackrest_stanza_status', { stanza }) === 99,
      'said that the stanza cannot be read',
    );
    expect(kept.labels('pgbackrest_backup_info')).toEqual(before.labels('pgbackrest_backup_info'));
  } finally {
    for (const folder of folders) await chmod(folder, 0o750);
  }
  await healthy();
  // The stanza may be well again in a collection that had begun before the second repository could be read.
  const page = await exporter.collectUntil(
    (one) => one.value('pgbackrest_stanza_status', { stanza: '[invalid]' }) === undefined,
    'dropped the placeholder',
  );
  expect(page.value('pgbackrest_stanza_status', { stanza })).toBe(0);
});

test('a stanza that is gone from every repository is missing, not silent', async () => {
  await healthy();
  const moves = ['repo1', 'repo2'].map(
    (name) => [join(server.folder, name), join(server.folder, `${name}.away`)] as const,
  );
  for (const [from, to] of moves) await rename(from, to);
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_stanza_status', { stanza }) === 1,
      'missed the stanza',
    );
    expect(page.value('pgbackrest_repo_status', inRepo(2))).toBe(1);
    expect(page.labels('pgbackrest_backup_info')).toEqual([]);
  } finally {
    for (const [from, to] of moves) await rename(to, from);
  }
  await healthy();
});

test('a wrong cipher pass is told from a damaged repository, although pgBackRest calls it a format error', async () => {
  await healthy();
  const config = await readFile(server.config, 'utf8');
  await writeFile(server.config, config.replace(repositoryPass, 'another'));
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_repo_status', inRepo(2)) === 99,
      'saw the wrong pass',
    );
    expect(page.value('pgbackrest_repo_error_info', { ...inRepo(2), class: 'cipher' })).toBe(1);
    expect(page.value('pgbackrest_backup_info', { repo_key: '2' })).toBe(1);
  } finally {
    await writeFile(server.config, config);
  }
  await healthy();
});

test('a stop file is seen until pgbackrest start', async () => {
  await server.backrest('stop');
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_stop_file', { stanza, scope: 'stanza' }) === 1,
      'saw the stop file',
    );
    expect(page.value('pgbackrest_stop_file', { stanza, scope: 'all' })).toBe(0);
  } finally {
    await server.backrest('start');
  }
  await exporter.collectUntil((one) => one.value('pgbackrest_stop_file', { stanza, scope: 'stanza' }) === 0, 'started');
});

test('a backup is seen while it runs, and as broken off once it was killed', async () => {
  await healthy();
  const running = await startHeldBackup();
  try {
    const page = await exporter.collectUntil(
      (one) =>
        one.value('pgbackrest_stanza_backup_lock_status', { stanza }) === 1 &&
        one.value('pgbackrest_unlisted_backups', inRepo(1)) === 1,
      'saw the running backup',
    );
    expect(page.value('pgbackrest_stanza_lock_status', { stanza })).toBe(1);
    expect(page.value('pgbackrest_command_last_outcome', { stanza, command: 'backup' })).toBe(3);
    expect(page.value('pgbackrest_broken_off_backups', inRepo(1))).toBe(0);
  } finally {
    endGroup(running.pid);
    await running.ended;
  }
  const killed = await exporter.collectUntil(
    (one) =>
      one.value('pgbackrest_broken_off_backups', inRepo(1)) === 1 &&
      one.value('pgbackrest_command_last_outcome', { stanza, command: 'backup' }) === 2,
    'saw the killed backup',
  );
  expect(killed.value('pgbackrest_command_last_exit_code', { stanza, command: 'backup' })).toBeUndefined();
  // The session of a killed backup lives on for a moment, and its backup mode with it.
  await server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'pgBackRest%'`);
  await server.backrest('--repo=1', '--type=full', 'backup');
  await exporter.collectUntil(
    (one) => isHealthy(one) && one.value('pgbackrest_command_last_outcome', { stanza, command: 'backup' }) === 0,
    'saw the next backup succeed',
  );
});

test('a backup that fails leaves its exit status', async () => {
  await server.backrest('stop');
  try {
    const failed = await server.tryBackrest('--repo=1', '--type=incr', 'backup');
    expect(failed.code).toBe(62);
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_command_last_outcome', { stanza, command: 'backup' }) === 1,
      'saw the failed backup',
    );
    expect(page.value('pgbackrest_command_last_exit_code', { stanza, command: 'backup' })).toBe(62);
  } finally {
    await server.backrest('start');
  }
  await server.backrest('--repo=1', '--type=incr', 'backup');
  await exporter.collectUntil(
    (one) => one.value('pgbackrest_command_last_outcome', { stanza, command: 'backup' }) === 0,
    'saw it succeed',
  );
});

test('a WAL file deleted from the archive is a gap that ends the recovery window', async () => {
  for (let count = 0; count < 3; count += 1) await server.switchWal();
  const before = await exporter.collectUntil(
    (one) => isHealthy(one) && one.value('pgbackrest_archiver_lag_segments', inRepo(1)) === 0,
    'archived everything',
  );
  const last = before.value('pgbackrest_wal_newest_segment_number', inRepo(1)) ?? 0;
  const file = await findSegment('repo1', last - 1);
  await rename(file, `${server.folder}/taken-away`);
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_wal_missing_segments', inRepo(1)) === 1,
      'missed the segment',
    );
    expect(page.value('pgbackrest_wal_gaps', inRepo(1))).toBe(1);
    expect(page.value('pgbackrest_wal_oldest_missing_segment_number', inRepo(1))).toBe(last - 1);
    expect(page.value('pgbackrest_archiver_lost_segments', inRepo(1))).toBe(1);
    expect(page.value('pgbackrest_wal_missing_segments', inRepo(2))).toBe(0);
    expect(page.value('pgbackrest_stanza_status', { stanza })).toBe(0);
    const [broken, whole] = [1, 2].map((key) =>
      page.value('pgbackrest_recovery_newest_timestamp_seconds', inRepo(key)),
    );
    expect(broken).toBeLessThanOrEqual(whole ?? 0);
  } finally {
    await rename(`${server.folder}/taken-away`, file);
  }
  await healthy();
});

test('a backup without the WAL it needs cannot be restored', async () => {
  const before = await healthy();
  const count = before.value('pgbackrest_restorable_backups', inRepo(1)) ?? 0;
  const newest = before.labels('pgbackrest_backup_info').findLast(({ repo_key: key }) => key === '1');
  const start = Number.parseInt(newest?.['wal_start']?.slice(16) ?? '', 16);
  const file = await findSegment('repo1', start);
  await rename(file, `${server.folder}/taken-away`);
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_newest_backup_chain_status', inRepo(1)) === 4,
      'missed the WAL of the backup',
    );
    expect(page.value('pgbackrest_unrestorable_backups', { ...inRepo(1), reason: 'wal_missing' })).toBe(1);
    expect(page.value('pgbackrest_restorable_backups', inRepo(1))).toBe(count - 1);
  } finally {
    await rename(`${server.folder}/taken-away`, file);
  }
  await healthy();
});

test('a backup whose folder is gone cannot be restored, although pgBackRest calls the stanza ok', async () => {
  await healthy();
  const folder = join(server.folder, 'repo2', 'backup', stanza);
  const label = (await readdir(folder)).find((name) => /^\d{8}-\d{6}F$/.test(name)) ?? '';
  await rename(join(folder, label), join(server.folder, label));
  try {
    const page = await exporter.collectUntil(
      (one) => one.value('pgbackrest_newest_backup_chain_status', inRepo(2)) === 2,
      'missed the folder',
    );
    expect(page.value('pgbackrest_repo_status', inRepo(2))).toBe(0);
    expect(page.value('pgbackrest_recovery_window_seconds', inRepo(2))).toBeUndefined();
  } finally {
    await rename(join(server.folder, label), join(folder, label));
  }
  await healthy();
});

test('a failing archive_command is seen with what waits for it', async () => {
  await server.set('archive_command', '/bin/false');
  try {
    await server.switchWal();
    await server.switchWal();
    await untilSql('SELECT last_failed_time > last_archived_time AS yes FROM pg_stat_archiver');
    const page = await exporter.collectUntil(
      (one) =>
        one.value('pgbackrest_archiver_failing', { stanza }) === 1 &&
        (one.value('pgbackrest_archiver_lag_segments', inRepo(1)) ?? 0) >= 1,
      'saw archiving fail',
    );
    expect(page.value('pgbackrest_archiver_lost_segments', inRepo(1))).toBe(0);
    expect(page.value('pgbackrest_archiver_ready_segments', { stanza })).toBeGreaterThan(0);
    expect(page.value('pgbackrest_queue_segments', { stanza })).toBeGreaterThan(0);
  } finally {
    await server.set('archive_command', archiveCommand(server.config));
  }
  await untilArchived();
  await healthy();
});

test('WAL dropped because the queue was full is lost, although archiving succeeds', async () => {
  await server.set('archive_command', '/bin/false');
  for (let count = 0; count < 4; count += 1) await server.switchWal();
  await server.set('archive_command', `${archiveCommand(server.config)} --archive-push-queue-max=17MB`);
  await untilArchived();
  const page = await exporter.collectUntil(
    (one) => (one.value('pgbackrest_archiver_lost_segments', inRepo(1)) ?? 0) > 0,
    'saw the loss',
  );
  expect(page.value('pgbackrest_archiver_failing', { stanza })).toBe(0);
  expect(page.value('pgbackrest_stanza_status', { stanza })).toBe(0);
  expect(page.value('pgbackrest_archiver_lost_segments', inRepo(2))).toBeGreaterThan(0);
  // What is lost stays lost; new backups make it unimportant, and expire takes away what needed it.
  await server.set('archive_command', archiveCommand(server.config));
  for (const repo of [1, 2]) {
    await server.backrest(
      `--repo=${repo}`,
      '--type=full',
      `--repo${repo}-retention-full-type=count`,
      'backup',
      `--repo${repo}-retention-full=1`,
    );
  }
  await healthy();
});

/** A backup of which a part is stored already, stopped in its tracks. */
async function startHeldBackup(): Promise<{ readonly pid: number; readonly ended: Promise<unknown> }> {
  const folder = join(server.folder, 'repo1', 'backup', stanza);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const before = new Set(await readdir(folder));
    const backup = server.startBackrest('--repo=1', '--type=full', '--compress-level=9', 'backup');
    const over = new AbortController();
    const ended = backup.ended.finally(() => over.abort());
    while (!over.signal.aborted) {
      const names = await readdir(folder);
      const begun = names.find((name) => /^\d{8}-\d{6}F$/.test(name) && !before.has(name));
      const isStored = begun !== undefined && (await readdir(join(folder, begun))).includes('backup.manifest.copy');
      if (isStored) {
        process.kill(-backup.pid, 'SIGSTOP');
        const isDone = (await readFile(join(folder, 'backup.info'), 'utf8')).includes(begun);
        if (!isDone) return { pid: backup.pid, ended };
        process.kill(-backup.pid, 'SIGCONT');
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await ended;
  }
  throw new Error('ten backups ended before they could be stopped');
}

/** File of a segment of timeline 1 with 16 MiB segments. */
async function findSegment(repo: string, segment: number): Promise<string> {
  const folder = join(server.folder, repo, 'archive', stanza, '15-1', '0000000100000000');
  const name = `0000000100000000${segment.toString(16).toUpperCase().padStart(8, '0')}-`;
  const found = (await readdir(folder)).find((file) => file.startsWith(name));
  if (found === undefined) throw new Error(`there is no ${name} in ${folder}`);
  return join(folder, found);
}

/** Until nothing waits for archive_command. */
function untilArchived(): Promise<void> {
  return untilSql(`SELECT count(*) = 0 AS yes FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'`);
}

/** Until the server says yes. */
async function untilSql(question: string): Promise<void> {
  const endMs = performance.now() + 180_000;
  while ((await server.sql(question))[0]?.['yes'] !== true) {
    if (performance.now() > endMs) throw new Error(`never: ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
