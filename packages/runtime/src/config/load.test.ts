import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatIssue } from './issue.ts';
import { loadConfig, parseConfig } from './load.ts';

interface Config {
  readonly listen: string;
  readonly cache: { readonly ttl: string };
  readonly targets: readonly { readonly name: string; readonly tags?: readonly string[] }[];
}

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['targets'],
  properties: {
    listen: { type: 'string', default: '127.0.0.1:9630' },
    level: { enum: ['info', 'debug'] },
    cache: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: { ttl: { type: 'string', format: 'duration', default: '10s' } },
    },
    targets: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string', minLength: 1 }, tags: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
} as const;

function issues(text: string): readonly string[] {
  const parsed = parseConfig<Config>({ text, file: 'c.yml', schema });
  return parsed.ok ? [] : parsed.issues.map(formatIssue);
}

describe('parseConfig', () => {
  test('gives the value with defaults', () => {
    const parsed = parseConfig<Config>({ text: 'targets:\n  - name: a\n', file: 'c.yml', schema });
    expect(parsed).toEqual({
      ok: true,
      value: { listen: '127.0.0.1:9630', cache: { ttl: '10s' }, targets: [{ name: 'a' }] },
    });
  });

  test('does not change the schema it was given', () => {
    parseConfig({ text: 'targets: [{ name: a }]', file: 'c.yml', schema });
    expect(schema.properties.cache.default).toEqual({});
  });

  test('tells every problem with its place and the nearest known word', () => {
    const text = [
      'lisen: x',
      'level: debgu',
      'cache:',
      '  ttl: 10 seconds',
      'targets:',
      '  - name: 7',
      '  - tags: [1]',
    ].join('\n');
    expect(issues(text)).toEqual([
      'c.yml:1:1 / has an unknown key "lisen"; did you mean "listen"?',
      'c.yml:2:8 /level must be one of info, debug; did you mean "debug"?',
      'c.yml:4:8 /cache/ttl must be a duration such as 500ms, 10s, 5m, 1h or 180d',
      'c.yml:6:11 /targets/0/name must be a string, not a number',
      'c.yml:7:5 /targets/1 lacks the key "name"',
      'c.yml:7:12 /targets/1/tags/0 must be a string, not a number',
    ]);
  });

  test.each([
    ['targets: []', 'c.yml:1:10 /targets must not be empty'],
    ['targets: [{ name: "" }]', 'c.yml:1:19 /targets/0/name must not be empty'],
    ['targets:', 'c.yml:1:9 /targets must be an array, not empty'],
    ['- a', 'c.yml:1:1 / must be an object, not a list'],
    ['', 'c.yml:1:1 / lacks the key "targets"'],
    ['# nothing\n', 'c.yml:1:1 / lacks the key "targets"'],
  ])('%j', (text, message) => {
    expect(issues(text)).toContain(message);
  });

  test('finds the place behind an alias and a merged key', () => {
    expect(issues('targets:\n  - &a { name: 5 }\n  - *a\n')).toContain(
      'c.yml:2:16 /targets/0/name must be a string, not a number',
    );
  });

  test('syntax errors have a place too', () => {
    expect(issues('targets:\n  - name: a\n  tags: b\n')[0]).toMatch(/^c\.yml:3:\d+ /);
    expect(issues('listen: a\nlisten: b\n')[0]).toBe('c.yml:2:1 Map keys must be unique');
  });

  test('YAML is 1.2: no and 010 are not what 1.1 made of them', () => {
    expect(issues('listen: no\ntargets: [{ name: a }]')).toEqual([]);
  });
});

describe('loadConfig', () => {
  test('names the file and all issues in its error', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pgattest-config-'));
    const file = join(directory, 'c.yml');
    try {
      await writeFile(file, 'lisen: x\n');
      await expect(loadConfig(file, schema)).rejects.toMatchObject({
        code: 'config_invalid',
        message: `${file}:1:1 / lacks the key "targets"\n${file}:1:1 / has an unknown key "lisen"; did you mean "listen"?`,
      });
      await writeFile(file, 'targets: [{ name: a }]\n');
      expect(await loadConfig<Config>(file, schema)).toMatchObject({ targets: [{ name: 'a' }] });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('a file that is not there is file_unreadable', async () => {
    await expect(loadConfig('/nonexistent/c.yml', schema)).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});
