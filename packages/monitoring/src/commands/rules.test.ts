import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCommandLine } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rulesCommand } from './rules.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pgattest-rules-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function run(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const commands = [{ name: 'rules', summary: 'rules', load: async () => Promise.resolve(rulesCommand) }];
  const program = { name: 'pgattest', version: '1.2.3', summary: 'the command', commands };
  const streams = { stdout, stderr, stdin: new PassThrough(), env: {} };
  const code = await runCommandLine(program, ['rules', ...argv], streams);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('pgattest rules', () => {
  test('writes what is committed when nothing differs', async () => {
    expect((await run('--out', dir)).code).toBe(0);
    const committed = new URL('../../../../rules/pgattest-alerts-patroni.yml', import.meta.url);
    expect(await readFile(join(dir, 'pgattest-alerts-patroni.yml'), 'utf8')).toBe(await readFile(committed, 'utf8'));
    expect(await readdir(dir)).toContain('README.md');
    expect(await readdir(join(dir, 'alertmanager'))).toEqual(['inhibit-rules.yml']);
  });

  test('puts the site into expressions, durations, labels and links', async () => {
    const site = join(dir, 'site.yml');
    const out = join(dir, 'out');
    await writeFile(
      site,
      [
        'rto: 1m',
        'labels: { cls: cluster, ins: node }',
        'targets: { patroni: { job: patroni } }',
        'dashboards: https://grafana.example/',
        'language: zh',
        'dialect: vmalert',
        'groups: [alerts-patroni]',
      ].join('\n'),
    );
    expect(await run('--site', site, '--out', out)).toMatchObject({ code: 0, stderr: '' });
    expect((await readdir(out)).toSorted()).toEqual(['README.md', 'alertmanager', 'pgattest-alerts-patroni.yml']);
    const text = await readFile(join(out, 'pgattest-alerts-patroni.yml'), 'utf8');
    expect(text).toContain('expr: up{job="patroni"} == 0');
    expect(text).toContain('expr: time() - patroni_dcs_last_seen > 60');
    expect(text).toContain('max by (job, cluster) (patroni_is_paused) == 1');
    expect(text).toContain('summary: "{{ $labels.node }} 的 Patroni 无应答"');
    expect(text).toContain('https://grafana.example/d/pgattest-ha?var-cls={{ $labels.cluster }}');
    expect(text).toContain('type: prometheus');
    expect(text).not.toContain('summary_zh');
    expect(text).not.toMatch(/\bcls\b(?!=)/);
    expect(await readFile(join(out, 'alertmanager', 'inhibit-rules.yml'), 'utf8')).not.toContain('EtcdQuorumLost');
  });

  test('options win over the site file', async () => {
    const site = join(dir, 'site.yml');
    await writeFile(site, 'rto: 1m\nrpo_bytes: 5\ngroups: [alerts-etcd]\n');
    const argv = ['--site', site, '--out', dir, '--rto', '2m', '--rpo-bytes', '77', '--group', 'alerts-replication'];
    expect((await run(...argv)).code).toBe(0);
    const text = await readFile(join(dir, 'pgattest-alerts-replication.yml'), 'utf8');
    expect(text).toContain('> 77 and');
    expect(text).toContain('> 120 and');
    expect(await readdir(dir)).not.toContain('pgattest-alerts-etcd.yml');
  });

  test('removes groups of ours that are no longer written, and nothing else', async () => {
    await run('--out', dir, '--group', 'alerts-etcd', 'alerts-patroni');
    await writeFile(join(dir, 'pgattest-own.yml'), '# by hand\n');
    const { stdout } = await run('--out', dir, '--group', 'alerts-patroni');
    expect(stdout).toContain('1 former ones removed');
    expect((await readdir(dir)).toSorted()).toEqual([
      'README.md',
      'alertmanager',
      'pgattest-alerts-patroni.yml',
      'pgattest-own.yml',
    ]);
  });

  test.each([
    [[], '--out is missing'],
    [['--out', '/dev/null/rules'], 'cannot write'],
    [['--out', '/tmp', '--group', 'alerts-patrony'], 'did you mean "alerts-patroni"?'],
    [['--out', '/tmp', '--rto', 'soon'], 'is not a duration'],
    [['--out', '/tmp', '--rpo-bytes', '1MB'], 'is no number of bytes'],
    [['--out', '/tmp', '--site', '/nonexistent.yml'], 'cannot read the site file /nonexistent.yml'],
  ])('%j is a usage error that says what to do', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a mistake in the site file is named with file, line and key, and nothing is written', async () => {
    const site = join(dir, 'site.yml');
    await writeFile(site, 'rto: 30s\nlabls: {}\n');
    const out = join(dir, 'out');
    const { code, stderr } = await run('--site', site, '--out', out);
    expect(code).toBe(2);
    expect(stderr).toContain(`${site}:2:1 / has an unknown key "labls"; did you mean "labels"?`);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  test('--schema prints the schema of a site file', async () => {
    const { code, stdout } = await run('--schema');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ properties: { rto: { format: 'duration' } } });
  });
});
