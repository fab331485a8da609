import type { OptionSpec } from '@pgattest/runtime';
import type { AgentProgram } from './agent-program.ts';

/** What one section of the agent's configuration file says, checked. */
export interface AgentSection {
  /** `KEY=value` lines, as the unit of the exporter alone reads them. */
  readonly environment_file?: string;
  /** Long options of the exporter without their dashes. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The agent's configuration file, checked; an exporter without section does not run. */
export interface AgentConfig {
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly format: 'logfmt' | 'json' | 'pretty' };
  readonly exporters: Readonly<Record<string, AgentSection>>;
}

/** The agent logs for all of them. */
const agentsOwn = /^log\./u;

/** JSON Schema of the file; options are those of the programs, so that a typo is answered with the nearest one. */
export function agentSchema(programs: readonly AgentProgram[]) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'pgattest agent',
    type: 'object',
    additionalProperties: false,
    required: ['exporters'],
    properties: {
      log: {
        type: 'object',
        additionalProperties: false,
        default: {},
        properties: {
          level: { enum: ['debug', 'info', 'warn', 'error'], default: 'info' },
          format: { enum: ['logfmt', 'json', 'pretty'], default: 'logfmt' },
        },
      },
      exporters: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: Object.fromEntries(programs.map((program) => [program.section, sectionOf(program)])),
      },
    },
  };
}

function sectionOf(program: AgentProgram) {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      environment_file: { type: 'string', minLength: 1, description: 'Read as systemd reads EnvironmentFile=' },
      options: {
        type: 'object',
        additionalProperties: false,
        description: `Long options of ${program.command.name}, without dashes`,
        properties: Object.fromEntries(program.command.options.flatMap(propertyOf)),
      },
    },
  };
}

const scalar = { type: ['string', 'number'] };

function propertyOf({ flags, summary }: OptionSpec): readonly (readonly [string, object])[] {
  const long = longNameOf(flags);
  if (long === undefined || agentsOwn.test(long) || /^(?:help|version|dry-run|explain)$/u.test(long)) return [];
  if (!/[<[]/u.test(flags)) return [[long, { type: 'boolean', description: summary }]];
  if (!flags.includes('...')) return [[long, { ...scalar, description: summary }]];
  return [[long, { type: ['string', 'number', 'array'], items: scalar, description: summary }]];
}

/** `auto-discovery` of `-a, --auto-discovery`; undefined for `--no-…`, which is `false` here. */
export function longNameOf(flags: string): string | undefined {
  const long = /--(?<name>[A-Za-z][\w.-]*)/u.exec(flags)?.groups?.['name'];
  return long?.startsWith('no-') === true ? undefined : long;
}
