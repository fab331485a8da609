import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateCommand } from './generate.ts';
import { renderAll } from './outputs.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-generate-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function generate(check: boolean): Promise<{ readonly code: number; readonly out: string }> {
  const stdout = new PassThrough();
  const chunks: string[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  const code = await generateCommand.run({
    args: [],
    options: { check, root },
    env: {},
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    signal: new AbortController().signal,
  });
  return { code, out: chunks.join('') };
}

describe('generate', () => {
  test('writes every file, and a second run has nothing to do', async () => {
    const first = await generate(false);
    expect(first.code).toBe(0);
    for (const { path, content } of renderAll()) expect(await readFile(join(root, path), 'utf8')).toBe(content);
    expect((await generate(false)).out).toContain('up to date');
    expect(await generate(true)).toEqual({ code: 0, out: `${renderAll().length} generated files are up to date\n` });
  });

  test('check names what is missing, changed and left over, and changes nothing', async () => {
    await generate(false);
    await writeFile(join(root, 'rules/pgattest-recordings-ha.yml'), '# edited by hand\n');
    await rm(join(root, 'rules/pgattest-recordings-state.yml'));
    await writeFile(join(root, 'dashboards/old.json'), '{}\n');
    const { code, out } = await generate(true);
    expect(code).toBe(1);
    expect(out).toContain('rules/pgattest-recordings-ha.yml: changed');
    expect(out).toContain('rules/pgattest-recordings-state.yml: missing');
    expect(out).toContain('dashboards/old.json: leftover');
    expect(await readFile(join(root, 'rules/pgattest-recordings-ha.yml'), 'utf8')).toBe('# edited by hand\n');
  });

  test('writing repairs all three', async () => {
    await mkdir(join(root, 'dashboards'), { recursive: true });
    await writeFile(join(root, 'dashboards/old.json'), '{}\n');
    const { out } = await generate(false);
    expect(out).toContain('removed dashboards/old.json');
    expect(await readdir(join(root, 'dashboards'))).not.toContain('old.json');
    expect((await generate(true)).code).toBe(0);
  });
});
