import { PassThrough } from 'node:stream';
import { auditCommands } from '@pgattest/audit';
import { drillCommands } from '@pgattest/drill';
import { labCommands } from '@pgattest/lab';
import { runCommandLine, type CommandEntry } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { commandsOf } from './commands.ts';

const commands = commandsOf('/opt/pgattest/dist/bin/pgattest.js');

async function run(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = { name: 'pgattest', version: '1.2.3', summary: 'the command', commands };
  const code = await runCommandLine(program, argv, { stdout, stderr, stdin: new PassThrough(), env: {} });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

function leaves(entries: readonly CommandEntry[], path = ''): readonly (readonly [string, CommandEntry])[] {
  return entries.flatMap((entry) => [
    ...('load' in entry ? [[`${path}${entry.name}`, entry] as const] : []),
    ...leaves(entry.commands ?? [], `${path}${entry.name} `),
  ]);
}

function described(entries: readonly CommandEntry[]): unknown {
  return entries.map(({ name, summary }) => ({ name, summary }));
}

describe('the command table', () => {
  test('has the audit commands as the auditor describes them', () => {
    const audit = commands.find(({ name }) => name === 'audit');
    expect(audit !== undefined && 'commands' in audit ? described(audit.commands) : undefined).toEqual(
      described(auditCommands),
    );
  });

  test('has the drills as the drills describe them', () => {
    const drill = commands.find(({ name }) => name === 'drill');
    expect(drill !== undefined && 'commands' in drill ? described(drill.commands ?? []) : undefined).toEqual(
      described(drillCommands),
    );
  });

  test('has the lab commands as the lab describes them', () => {
    const lab = commands.find(({ name }) => name === 'lab');
    expect(lab !== undefined && 'commands' in lab ? described(lab.commands ?? []) : undefined).toEqual(
      labCommands({ entry: '/opt/pgattest', auditorGrants: [] }).map(({ name, summary }) => ({ name, summary })),
    );
  });

  test.each(leaves(commands))('%s loads and explains itself with an example', async (path) => {
    const { code, stdout } = await run(...path.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Example: /u);
    expect(stdout.split('\n').length).toBeLessThan(50);
  });

  test('--help lists every command without loading one', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`${name} +${summary}`, 'u'));
  });

  test('a mistyped command is a usage error that names the nearest', async () => {
    const { code, stderr } = await run('audti', 'run');
    expect(code).toBe(2);
    expect(stderr).toContain("unknown command 'audti'; did you mean audit?");
  });
});
