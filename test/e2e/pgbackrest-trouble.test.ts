import { chmod, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestBackrestExporter, type TestBackrestExporter } from './pgbackrest-harness.ts';
import { archiveCommand, stanza, startBackrestServer, type BackrestServer } from './pgbackrest-server.ts';

/* Troubles of pgBackRest itself, and what the exporter is told in files. */

// A guard against hanging: initdb, backups and the archiver's pauses take long on a busy machine.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let server: BackrestServer;
let binary: string;
const running = new Set<TestBackrestExporter>();
const inRepo = (key: number): Readonly<Record<string, string>> => ({ stanza, repo_key: String(key) });
const realBinary = '/usr/bin/pgbackrest';

beforeAll(async () => {
  server = await startBackrestServer();
  await mkdir(join(server.folder, 'bin'), { mode: 0o755 });
  await chmod(server.folder, 0o755);
  binary = join(server.folder, 'bin', 'pgbackrest');
  await symlink(realBinary, binary);
  await server.backrest('--repo=1', '--type=full', 'backup');
  await server.backrest('--repo=2', '--type=full', 'backup');
});
afterEach(async () => {
  await Promise.all([...running].map((exporter) => exporter.close()));
  running.clear();
  await rm(binary, { force: true });
  await symlink(realBinary, binary);
});
afterAll(async () => {
  await server.stop();
});

async function start(
  ...[overrides]: readonly [Parameters<typeof startTestBackrestExporter>[1]?]
): Promise<TestBackrestExporter> {
  const exporter = await startTestBackrestExporter(server, overrides);
  running.add(exporter);
  return exporter;
}

/** Ids of processes whose command line has this word. */
async function processesWith(word: string): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    ids.map(async (id) => [id, await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')] as const),
  );
  return lines.filter(([, line]) => line.includes(word)).map(([id]) => id);
}

test('a binary that is missing is said, and what was known stays with its age', async () => {
  const exporter = await start({ binary });
  const before = await exporter.collectUntil(
    (page) => page.value('pgbackrest_newest_backup_chain_status', inRepo(2)) === 0,
    'healthy',
  );
  await rm(binary);
  const page = await exporter.collectUntil(
    (one) =>
      one.value('pgbackrest_exporter_task_last_error_info', { task: 'info', class: 'missing_binary' }) === 1 &&
      one.value('pgbackrest_exporter_task_success', { task: 'version' }) === 0 &&
      one.value('pgbackrest_exporter_task_success', { task: 'wal' }) === 0,
    'missed the binary',
  );
  expect(page.value('pgbackrest_exporter_status', { stanza: 'all-stanzas' })).toBe(0);
  expect(page.labels('pgbackrest_backup_info')).toEqual(before.labels('pgbackrest_backup_info'));
  expect(page.value('pgbackrest_repo_data_age_seconds', inRepo(1))).toBeGreaterThan(0);
  expect(page.value('pgbackrest_version_info')).toBe(0);
  expect((await exporter.get('/health')).status).toBe(503);
  expect(exporter.log()).toContain('install pgbackrest');
  await symlink(realBinary, binary);
  const healed = await exporter.collectUntil(
    (one) => one.value('pgbackrest_exporter_task_success', { task: 'info' }) === 1,
    'found the binary again',
  );
  expect(healed.value('pgbackrest_exporter_task_last_error_info', { task: 'info' })).toBeUndefined();
});

test('info that hangs for ever delays no scrape, and ends with everything it has started', async () => {
  const exporter = await start({ binary, timeoutMs: 8000 });
  const before = await exporter.collectUntil(
    (page) => page.value('pgbackrest_newest_backup_chain_status', inRepo(2)) === 0,
    'healthy',
  );
  const mark = `86${String(server.port).padStart(6, '0')}`;
  const stub = join(server.folder, 'bin', 'stub');
  // A child in the same group, one in a session of its own that holds the output, and neither heeds SIGTERM.
  await writeFile(
    stub,
    `#!/bin/bash\ntrap '' TERM\nsleep ${mark} &\nsetsid bash -c "trap '' TERM; sleep ${mark}; sleep ${mark}" &\nwhile :; do sleep ${mark}; done\n`,
  );
  await chmod(stub, 0o755);
  await rm(binary);
  await symlink(stub, binary);
  await exporter.collectUntil(
    (page) =>
      ['version', 'info', 'wal'].some(
        (task) => (page.value('pgbackrest_exporter_task_running_seconds', { task }) ?? 0) > 0.5,
      ),
    'was seen hanging',
  );
  // Scrapes are answered while it hangs: none of them waits for it, and each shows what was known.
  for (;;) {
    const page = await exporter.page();
    expect(page.labels('pgbackrest_backup_info')).toEqual(before.labels('pgbackrest_backup_info'));
    if (page.value('pgbackrest_exporter_task_last_error_info', { task: 'info', class: 'timeout' }) === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await rm(binary);
  await symlink(realBinary, binary);
  const page = await exporter.collectUntil(
    (one) =>
      one.value('pgbackrest_exporter_task_success', { task: 'info' }) === 1 &&
      one.value('pgbackrest_exporter_task_success', { task: 'wal' }) === 1,
    'worked again',
  );
  expect(page.value('pgbackrest_exporter_task_errors_total', { task: 'info' })).toBeGreaterThan(0);
  expect(await processesWith(mark)).toEqual([]);
});

test('closing ends a pgBackRest that hangs', async () => {
  const mark = `87${String(server.port).padStart(6, '0')}`;
  const stub = join(server.folder, 'bin', 'hang');
  await writeFile(stub, `#!/bin/bash\nsleep ${mark} & wait\n`);
  await chmod(stub, 0o755);
  const exporter = await startTestBackrestExporter(server, { binary: stub });
  while ((await processesWith(mark)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await exporter.close();
  expect(await processesWith(mark)).toEqual([]);
});

test('warnings in front of the answer, as of a service link of Kubernetes, cost nothing', async () => {
  const stub = join(server.folder, 'bin', 'warning');
  await writeFile(stub, `#!/bin/bash\necho 'WARN: environment contains invalid option'\nexec ${realBinary} "$@"\n`);
  await chmod(stub, 0o755);
  const env = {
    ...process.env,
    PGBACKREST_SERVICE_HOST: '127.0.0.1',
    PGBACKREST_PORT_8432_TCP: 'x',
    PGBACKREST_BOGUS: '1',
  };
  const exporter = await start({ binary: stub, env });
  const page = await exporter.collectUntil((one) => one.value('pgbackrest_stanza_status', { stanza }) === 0, 'read it');
  expect(page.value('pgbackrest_exporter_status', { stanza: 'all-stanzas' })).toBe(1);
});

test('an asynchronous push that fails leaves an error in the spool, by its class', async () => {
  const exporter = await start();
  await server.set('archive_command', `${archiveCommand(server.config)} --archive-async`);
  await chmod(join(server.folder, 'repo2'), 0o000);
  try {
    await server.switchWal();
    const spool = join(server.folder, 'spool', 'archive', stanza, 'out');
    for (;;) {
      const names = await readdir(spool).catch(() => []);
      if (names.some((name) => name.endsWith('.error'))) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await exporter.collectUntil(
      (page) => (page.value('pgbackrest_spool_errors', { stanza, class: 'permission' }) ?? 0) > 0,
      'saw the error in the spool',
    );
  } finally {
    await chmod(join(server.folder, 'repo2'), 0o750);
  }
  await server.switchWal();
  await server.sql('SELECT pg_reload_conf()');
  for (;;) {
    const [row] = await server.sql('SELECT last_archived_time > last_failed_time AS works FROM pg_stat_archiver');
    if (row?.['works'] === true) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await server.set('archive_command', archiveCommand(server.config));
  const page = await exporter.collectUntil(
    (one) => one.value('pgbackrest_spool_errors', { stanza, class: 'permission' }) === undefined,
    'saw the spool without errors',
  );
  expect(page.value('pgbackrest_spool_errors', { stanza, class: 'other' })).toBe(0);
});

test('verify runs when asked to, and its text counts, not its exit status', async () => {
  const folder = join(server.folder, 'repo1', 'backup', stanza);
  const label = (await readdir(folder)).find((name) => /^\d{8}-\d{6}F$/.test(name)) ?? '';
  const file = join(folder, label, 'pg_data', 'PG_VERSION.gz');
  await rename(file, `${file}.away`);
  try {
    const exporter = await start({ verifyIntervalMs: 3_600_000, walGraceMs: 60_000 });
    const page = await exporter.collectUntil(
      (one) =>
        one.value('pgbackrest_verify_ok', inRepo(1)) === 0 &&
        one.value('pgbackrest_verify_ok', inRepo(2)) === 1 &&
        one.value('pgbackrest_newest_backup_chain_status', inRepo(1)) === 5,
      'verified',
    );
    expect(page.value('pgbackrest_exporter_task_success', { task: 'verify' })).toBe(1);
    expect(page.value('pgbackrest_verify_backups', { ...inRepo(1), status: 'invalid' })).toBe(1);
    expect(page.value('pgbackrest_verify_errors', { ...inRepo(1), part: 'backup', error: 'missing' })).toBe(1);
    expect(page.value('pgbackrest_verify_age_seconds', inRepo(2))).toBeGreaterThanOrEqual(0);
    await rename(`${file}.away`, file);
    await exporter.collectUntil(
      (one) =>
        one.value('pgbackrest_verify_ok', inRepo(1)) === 1 &&
        one.value('pgbackrest_newest_backup_chain_status', inRepo(1)) === 0,
      'verified again',
    );
  } finally {
    await rename(`${file}.away`, file).catch(() => undefined);
  }
});

test('a backup that is missed by its schedule is said, and one that was made is not', async () => {
  const scheduleFile = join(server.folder, 'schedule.yml');
  const daily =
    '[{type: full, cron: "0 0 * * *", grace: 0s, repositories: [1]}, {type: incr, cron: "0 0 1 1 *", grace: 0s}]';
  await writeFile(
    scheduleFile,
    `timezone: UTC\nstanzas: {${stanza}: ${daily}, absent: [{type: full, cron: "@hourly", grace: 0s}]}\n`,
  );
  const exporter = await start({ scheduleFile });
  const page = await exporter.collectUntil(
    (one) => one.value('pgbackrest_schedule_missed', { stanza: 'absent' }) === 1,
    'judged the schedule',
  );
  expect(page.value('pgbackrest_schedule_missed', { stanza, repo_key: 'any', backup_type: 'incr' })).toBe(0);
  expect(page.value('pgbackrest_schedule_missed', { ...inRepo(1), backup_type: 'full' })).toBeDefined();
  const next = page.value('pgbackrest_schedule_next_timestamp_seconds', { stanza, backup_type: 'incr' }) ?? 0;
  expect(next * 1000).toBeGreaterThan(Date.now());
  await writeFile(scheduleFile, 'stanzas: {demo: [{type: huge, cron: "x"}]}\n');
  const response = await fetch(`${exporter.url}/reload`, { method: 'POST' });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('schedule.yml:1:');
});

/** A certificate of the drill package, as far as it is read. */
const certificate = (outcome: string, hour: number): string =>
  JSON.stringify({
    certificate: {
      schemaVersion: 1,
      kind: 'restore',
      cluster: stanza,
      started: `2026-01-0${hour}T01:00:00Z`,
      finished: `2026-01-0${hour}T01:10:00Z`,
      outcome,
    },
    sha256: '',
  });

test('the last restore drill is read from its certificate', async () => {
  const drillFolder = join(server.folder, 'drills');
  await mkdir(join(drillFolder, 'nested'), { recursive: true });
  await mkdir(join(drillFolder, 'a.evidence'));
  await writeFile(join(drillFolder, 'a.evidence', 'info.json'), '[]');
  await writeFile(join(drillFolder, 'a.json'), certificate('passed', 1));
  await writeFile(join(drillFolder, 'nested', 'b.json'), certificate('failed', 2));
  const exporter = await start({ drillFolder });
  const page = await exporter.collectUntil(
    (one) => one.value('pgbackrest_drill_last_outcome', { stanza, kind: 'restore' }) === 1,
    'read the certificates',
  );
  expect(page.value('pgbackrest_exporter_task_success', { task: 'drill' })).toBe(1);
  expect(page.value('pgbackrest_drill_last_duration_seconds', { stanza })).toBe(600);
  expect(page.value('pgbackrest_drill_last_timestamp_seconds', { stanza })).toBe(
    Date.parse('2026-01-02T01:10:00Z') / 1000,
  );
  expect(page.value('pgbackrest_drill_last_passed_timestamp_seconds', { stanza })).toBe(
    Date.parse('2026-01-01T01:10:00Z') / 1000,
  );
  await writeFile(join(drillFolder, 'c.json'), '{');
  const broken = await exporter.collectUntil(
    (one) => one.value('pgbackrest_exporter_task_last_error_info', { task: 'drill', class: 'parse' }) === 1,
    'said that a certificate is broken',
  );
  expect(broken.value('pgbackrest_drill_last_outcome', { stanza })).toBe(1);
});

test('a target of /probe is another configuration, and no other can be asked for', async () => {
  const config = await server.configWith('other.conf', (text) =>
    text.replace(`${server.folder}/repo1`, `${server.folder}/none`),
  );
  const probeTargetsFile = join(server.folder, 'targets.yml');
  await writeFile(probeTargetsFile, `targets: {other: ${config}}\n`);
  const exporter = await start({ probeTargetsFile });
  expect((await exporter.get(`/probe?target=${config}`)).status).toBe(404);
  for (;;) {
    const { status, body } = await exporter.get('/probe?target=other');
    expect(status).toBe(200);
    if (body.includes(`pgbackrest_repo_status{cipher="none",repo_key="1",stanza="${stanza}"} 1`)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});

test('after a promotion the archive goes on from one timeline to the next', async () => {
  const exporter = await start();
  const before = await exporter.collectUntil(
    (page) => page.value('pgbackrest_newest_backup_chain_status', inRepo(1)) === 0,
    'healthy',
  );
  expect(before.value('pgbackrest_wal_newest_timeline', inRepo(1))).toBe(1);
  await server.promote();
  await server.switchWal();
  // Both repositories have a segment of the next timeline once the archiver says so.
  for (;;) {
    const [row] = await server.sql('SELECT last_archived_wal FROM pg_stat_archiver');
    if (/^00000002[0-9A-F]{16}/.test(String(row?.['last_archived_wal']))) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const page = await exporter.collectUntil(
    (one) => one.value('pgbackrest_wal_newest_timeline', inRepo(1)) === 2,
    'saw the next timeline',
  );
  for (const key of [1, 2]) {
    expect(page.value('pgbackrest_wal_missing_segments', inRepo(key))).toBe(0);
    expect(page.value('pgbackrest_newest_backup_chain_status', inRepo(key))).toBe(0);
  }
  const [old, now] = [before, page].map((one) => one.value('pgbackrest_recovery_newest_timestamp_seconds', inRepo(2)));
  expect(now).toBeGreaterThanOrEqual(old ?? 0);
});
