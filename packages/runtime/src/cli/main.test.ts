import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import type { Env } from '../config/env.ts';
import { RuntimeError } from '../errors.ts';
import type { CommandContext, CommandSpec } from './command.ts';
import { runCommand, runCommandLine, type Program } from './main.ts';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly context: Pick<CommandContext, 'args' | 'options'> | undefined;
}

const audit: CommandSpec = {
  name: 'run',
  summary: 'audit a cluster',
  example: 'pgattest audit run --config audit.yml',
  arguments: [{ syntax: '[dir]', summary: 'where evidence goes' }],
  options: [
    { flags: '-c, --config <file>', summary: 'configuration', env: 'PGATTEST_CONFIG' },
    { flags: '--lang <language>', summary: 'language', choices: ['en', 'zh'], default: 'en', env: 'PGATTEST_LANG' },
    { flags: '--label <pair...>', summary: 'labels', env: 'PGATTEST_LABEL' },
    { flags: '--no-tls', summary: 'without TLS' },
    { flags: '-a, --auto', summary: 'discovery', default: true, env: 'PGATTEST_AUTO' },
    { flags: '--web.listen-address <address...>', summary: 'address', default: ':9630' },
  ],
  run: async () => 0,
};

async function run(
  argv: readonly string[],
  options: { readonly env?: Env; readonly behave?: CommandSpec['run']; readonly single?: boolean } = {},
): Promise<Outcome> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  let context: Outcome['context'];
  const spec: CommandSpec = {
    ...audit,
    run: async (given) => {
      context = { args: given.args, options: given.options };
      return options.behave === undefined ? 0 : options.behave(given);
    },
  };
  const program: Program = {
    name: 'pgattest',
    version: '1.2.3',
    summary: 'proof that a cluster is healthy',
    commands: [
      {
        name: 'audit',
        summary: 'audits',
        commands: [{ name: 'run', summary: 'audit a cluster', load: async () => spec }],
      },
      {
        name: 'broken',
        summary: 'cannot even be loaded',
        load: async () => {
          throw new Error('module not found');
        },
      },
    ],
  };
  const io = { stdout, stderr, stdin: new PassThrough(), env: options.env ?? {} };
  const code = await (options.single === true ? runCommand(spec, argv, io) : runCommandLine(program, argv, io));
  return { code, stdout: readAll(stdout), stderr: readAll(stderr), context };
}

async function leak(): Promise<never> {
  throw new Error('cannot use postgres://u:hunter2@h');
}

function readAll(stream: PassThrough): string {
  const text: unknown = stream.read();
  return typeof text === 'string' ? text : '';
}

describe('options', () => {
  test('have defaults', async () => {
    const { code, context } = await run(['audit', 'run', 'd']);
    expect(code).toBe(0);
    expect(context).toEqual({
      args: ['d'],
      options: { lang: 'en', tls: true, auto: true, 'web.listenAddress': [':9630'] },
    });
  });

  test('come from the command line before the environment', async () => {
    const env = { PGATTEST_CONFIG: 'env.yml', PGATTEST_LANG: 'zh', PGATTEST_LABEL: 'a=1', PGATTEST_AUTO: 'false' };
    const fromEnv = await run(['audit', 'run', 'd'], { env });
    expect(fromEnv.context).toMatchObject({
      args: ['d'],
      options: { config: 'env.yml', lang: 'zh', label: ['a=1'], auto: false },
    });
    const argv = ['audit', 'run', '-c', 'x.yml', '--lang', 'en', '--label', 'b=2', '--label', 'c=3', '--auto'];
    expect((await run(argv, { env })).context?.options).toMatchObject({
      config: 'x.yml',
      lang: 'en',
      label: ['b=2', 'c=3'],
      auto: true,
    });
  });

  test('without a value accept =true and =false', async () => {
    expect((await run(['audit', 'run', '--auto=false', '--no-tls'])).context?.options).toMatchObject({
      auto: false,
      tls: false,
    });
    expect(
      (await run(['audit', 'run', '-a=false'], { env: { PGATTEST_AUTO: 'true' } })).context?.options,
    ).toMatchObject({ auto: false });
  });

  test('replace a default list', async () => {
    const argv = ['audit', 'run', '--web.listen-address', ':1', '--web.listen-address=:2'];
    expect((await run(argv)).context?.options).toMatchObject({ 'web.listenAddress': [':1', ':2'] });
  });
});

describe('mistakes give 2, say what was meant and run nothing', () => {
  test.each<[readonly string[], Env, string]>([
    [['audti'], {}, "error: unknown command 'audti'; did you mean audit?"],
    [['audit', 'rnu'], {}, "error: unknown command 'rnu'; did you mean run?"],
    [['--verison'], {}, "error: unknown option '--verison'; did you mean --version?"],
    [['audit', 'run', '--confg', 'x'], {}, "error: unknown option '--confg'\n(Did you mean --config?)"],
    [['audit', 'run', '--lang', 'de'], {}, 'Allowed choices are en, zh.'],
    [['audit', 'run'], { PGATTEST_LANG: 'de' }, 'Allowed choices are en, zh.'],
    [['audit', 'run'], { PGATTEST_AUTO: 'maybe' }, 'error: PGATTEST_AUTO="maybe" must be true or false'],
    [['audit', 'run', 'a', 'b'], {}, 'error: too many arguments. Expected 1 argument but got 2.'],
    [['audit', 'run', '--config'], {}, "error: option '-c, --config <file>' argument missing"],
    [['audit'], {}, 'Usage: pgattest audit'],
    [[], {}, 'Usage: pgattest'],
  ])('%j %j', async (argv, env, message) => {
    const { code, stdout, stderr, context } = await run(argv, { env });
    expect([code, stdout, context]).toEqual([2, '', undefined]);
    expect(stderr).toContain(message);
  });
});

async function said(...argv: readonly string[]): Promise<string> {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const spec = (word: string): CommandSpec => ({
    ...audit,
    run: async ({ args }) => {
      stdout.write([word, ...args].join(' '));
      return 0;
    },
  });
  const lint = { name: 'lint', summary: 'check', load: async () => spec('lint') };
  const commands = [{ name: 'pg', summary: 'serve', load: async () => spec('pg'), commands: [lint] }];
  const program = { name: 'pgattest', version: '1.2.3', summary: 'the command', commands };
  await runCommandLine(program, argv, { stdout, stderr: new PassThrough(), stdin: new PassThrough(), env: {} });
  return readAll(stdout);
}

describe('a command with commands of its own', () => {
  test('runs unless one of them is named first', async () => {
    expect(await said('pg')).toBe('pg');
    expect(await said('pg', '--lang', 'zh', 'lint')).toBe('pg lint');
    expect(await said('pg', 'lint', 'x')).toBe('lint x');
  });

  test('is listed with them', async () => {
    expect(await said('--help')).toMatch(/pg +serve\n +pg lint +check/u);
    expect(await said('help', 'pg', 'lint')).toContain('Usage: pgattest pg lint');
  });
});

describe('help', () => {
  test('of a command starts with its example and fits a screen', async () => {
    const { code, stdout, stderr, context } = await run(['audit', 'run', '--help']);
    expect([code, stderr, context]).toEqual([0, '', undefined]);
    expect(stdout.split('\n')[0]).toBe('Example: pgattest audit run --config audit.yml');
    expect(stdout).toContain('Usage: pgattest audit run [options] [dir]');
    expect(stdout).toContain('configuration (env: PGATTEST_CONFIG)');
    expect(stdout.split('\n').length).toBeLessThan(25);
  });

  test('of the program lists its commands without loading them', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('broken');
    expect(stdout).toContain('audits');
  });

  test('may be asked for as a command', async () => {
    expect((await run(['help', 'audit', 'run'])).stdout).toBe((await run(['audit', 'run', '--help'])).stdout);
    expect((await run(['help'])).stdout).toBe((await run(['-h'])).stdout);
    expect((await run(['audit', 'help', 'run'])).stdout).toBe((await run(['audit', 'run', '--help'])).stdout);
  });

  test('the version is printed alone', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
    expect(await run(['audit', 'run', '-V'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
  });
});

describe('how a command ends', () => {
  test("its exit code is the program's", async () => {
    expect((await run(['audit', 'run'], { behave: async () => 1 })).code).toBe(1);
  });

  test.each<[string, Error, number]>([
    ["a RuntimeError is the user's to mend", new RuntimeError('config_invalid', 'c.yml:1:1 / is wrong'), 2],
    [
      'so is a configuration error of another package',
      Object.assign(new Error('bad DSN'), { code: 'config_invalid' }),
      2,
    ],
    ['anything else is work that was not finished', new Error('boom'), 3],
    ['an abort is an interrupt', new DOMException('interrupted', 'AbortError'), 130],
  ])('%s', async (_, error, code) => {
    const outcome = await run(['audit', 'run'], {
      behave: async () => {
        throw error;
      },
    });
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toBe(code === 130 ? '' : `error: ${error.message}\n`);
  });

  test('a command that cannot be loaded is not finished either', async () => {
    expect(await run(['broken'])).toMatchObject({ code: 3, stderr: 'error: module not found\n' });
  });

  test('no password is printed, and the stack only when asked for', async () => {
    expect((await run(['audit', 'run'], { behave: leak })).stderr).toBe('error: cannot use postgres://u:***@h\n');
    const debug = (await run(['audit', 'run'], { behave: leak, env: { PGATTEST_DEBUG: '1' } })).stderr;
    expect(debug).toContain('    at ');
    expect(debug).not.toContain('hunter2');
  });

  test('the first interrupt aborts the signal and leaves no handler behind', async () => {
    const before = process.listenerCount('SIGTERM');
    const outcome = await run(['audit', 'run'], {
      behave: async ({ signal }) => {
        process.emit('SIGTERM');
        return signal.aborted ? 0 : 3;
      },
    });
    expect(outcome.code).toBe(0);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

test('the second interrupt ends the process with 130, but not the echo that npm makes of the first', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('exited');
  });
  try {
    const outcome = await run(['audit', 'run'], {
      behave: async () => {
        process.emit('SIGINT');
        process.emit('SIGINT');
        expect(exit).not.toHaveBeenCalled();
        await new Promise((resolve) => setTimeout(resolve, 300));
        process.emit('SIGINT');
        return 0;
      },
    });
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(outcome.stderr).toBe('error: exited\n');
  } finally {
    exit.mockRestore();
  }
});

test('a program that is one command needs no sub-command', async () => {
  const { code, context } = await run(['-c', 'x.yml', 'd'], { single: true });
  expect([code, context?.args, context?.options['config']]).toEqual([0, ['d'], 'x.yml']);
  expect((await run(['--help'], { single: true })).stdout).toContain('Usage: run [options] [dir]');
});
