import { exitCode } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import type { AgentProgram } from './agent-program.ts';
import { agentSchema } from './agent-schema.ts';
import { commandLineOf } from './section-command-line.ts';

const program: AgentProgram = {
  section: 'pg',
  command: {
    name: 'pg_exporter',
    summary: '',
    example: '',
    options: [
      { flags: '-l, --web.listen-address <address...>', summary: 'where' },
      { flags: '-a, --auto-discovery', summary: 'all databases' },
      { flags: '--no-auto-discovery', summary: 'one database' },
      { flags: '--log.level <level>', summary: 'how much' },
      { flags: '--max-sessions <n>', summary: 'how many' },
    ],
    run: async () => exitCode.ok,
  },
  optionsVariable: 'PG_EXPORTER_OPTS',
  usualEnvironmentFile: '/etc/default/pg_exporter',
  open: () => Promise.reject(new Error('not opened here')),
};

test('options follow the words of the environment file', () => {
  const options = { 'auto-discovery': false, 'max-sessions': 2 };
  expect(commandLineOf(program, { options }, { PG_EXPORTER_OPTS: '--log.level=info -l :9630' })).toEqual([
    '--log.level=info',
    '-l',
    ':9630',
    '--auto-discovery=false',
    '--max-sessions=2',
  ]);
});

test.each(['--web.listen-address=:9630 --max-sessions 3', '--web.listen-address :9630 --max-sessions=3'])(
  'an option of the section replaces the one of the file: %s',
  (words) => {
    const options = { 'web.listen-address': ['127.0.0.1:1', '127.0.0.1:2'] };
    expect(commandLineOf(program, { options }, { PG_EXPORTER_OPTS: words })?.slice(-2)).toEqual([
      '--web.listen-address=127.0.0.1:1',
      '--web.listen-address=127.0.0.1:2',
    ]);
    expect(commandLineOf(program, { options }, { PG_EXPORTER_OPTS: words })).not.toContain(':9630');
    expect(commandLineOf(program, { options }, { PG_EXPORTER_OPTS: words })).toHaveLength(words.endsWith('=3') ? 3 : 4);
  },
);

test('the schema knows the long options, takes switches as true and false, and leaves the log to the agent', () => {
  const { exporters } = agentSchema([program]).properties;
  expect(exporters.properties['pg']?.properties.options.properties).toEqual({
    'web.listen-address': {
      type: ['string', 'number', 'array'],
      items: { type: ['string', 'number'] },
      description: 'where',
    },
    'auto-discovery': { type: 'boolean', description: 'all databases' },
    'max-sessions': { type: ['string', 'number'], description: 'how many' },
  });
});
