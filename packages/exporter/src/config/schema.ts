import { units } from './column.ts';

/** A number as yaml.v3 or Go reads it: `scale: 1e-3` and `scale: "1e-3"` are the same. */
const numberText = {
  anyOf: [
    { type: 'number' },
    {
      type: 'string',
      pattern: '^([-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|[-+]?[iI][nN][fF]([iI][nN][iI][tT][yY])?|[nN][aA][nN])?$',
    },
    { type: 'null' },
  ],
} as const;
const bool = {
  anyOf: [{ type: 'boolean' }, { type: 'null' }, { enum: ['yes', 'no', 'on', 'off', 'y', 'n'] }],
} as const;
const text = { type: ['string', 'number', 'boolean', 'null'] } as const;
const seconds = { type: ['number', 'null'] } as const;
const wholeNumber = { type: ['integer', 'null'] } as const;

const column = {
  type: 'object',
  required: ['usage'],
  additionalProperties: false,
  properties: {
    name: { ...text, description: 'Name of the result column, when it is not the key' },
    usage: {
      type: 'string',
      pattern:
        '^\\s*([lL][aA][bB][eE][lL]|[gG][aA][uU][gG][eE]|[cC][oO][uU][nN][tT][eE][rR]|[hH][iI][sS][tT][oO][gG][rR][aA][mM]|[dD][iI][sS][cC][aA][rR][dD])\\s*$',
      description: 'LABEL, GAUGE, COUNTER, HISTOGRAM or DISCARD, in any case',
    },
    rename: { ...text, description: 'Name of the label, or of the metric after the name of the branch' },
    scale: { ...numberText, description: 'Every number is multiplied by it' },
    default: { ...numberText, description: 'Number taken where SQL says NULL' },
    bucket: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'number' },
      description: 'Upper bounds of a HISTOGRAM: finite, increasing, without +Inf',
    },
    description: { ...text, description: 'HELP text' },
    unit: { enum: [...units], description: 'Ours: what the value means' },
    states: {
      type: 'object',
      propertyNames: { type: 'string', pattern: '^-?\\d+$' },
      additionalProperties: text,
      description: 'Ours: what each number stands for',
    },
  },
  allOf: [
    {
      if: { type: 'object', properties: { usage: { type: 'string', pattern: '^\\s*[hH]' } }, required: ['usage'] },
      // `then` is a keyword of JSON Schema.
      // oxlint-disable-next-line unicorn/no-thenable -- data, never awaited
      then: { type: 'object', properties: { bucket: { type: 'array' } }, required: ['bucket'] },
    },
  ],
} as const;

/**
 * JSON Schema (draft 7) of a collector file in pg_exporter's format, for editors and CI. It is stricter than the
 * loader about unknown keys, which pg_exporter ignores, and cannot say what spans columns or branches: `lint` does.
 */
export const collectorFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Collectors of pg_exporter and pgattest',
  type: ['object', 'null'],
  additionalProperties: {
    type: 'object',
    required: ['query', 'metrics'],
    additionalProperties: false,
    properties: {
      name: { ...text, description: 'First words of every metric; the key of the branch when absent' },
      desc: { ...text, description: 'For people' },
      query: { type: 'string', pattern: '\\S', description: 'SQL that returns the columns listed in metrics' },
      ttl: { type: ['number', 'null'], minimum: 0, description: 'Seconds a result is replayed; 0 = never' },
      timeout: { ...seconds, description: 'Seconds for predicates and query; 0 = 0.1, negative = no limit' },
      min_version: { ...wholeNumber, description: 'server_version_num, inclusive; 0 = any' },
      max_version: { ...wholeNumber, description: 'server_version_num, exclusive; 0 = any' },
      tags: {
        type: ['array', 'null'],
        items: text,
        description:
          'All must hold: cluster, primary, replica, pgbouncer, extension:X, schema:X, dbname:X, username:X, not:X, or a word given with --tag',
      },
      fatal: { ...bool, description: 'Failure ends the scrape of the server' },
      skip: { ...bool, description: 'Never runs' },
      priority: { ...wholeNumber, description: 'Ascending order of execution' },
      predicate_queries: {
        type: ['array', 'null'],
        items: {
          type: 'object',
          required: ['predicate_query'],
          additionalProperties: false,
          properties: {
            name: { ...text, description: 'Said when the branch is skipped' },
            predicate_query: { type: 'string', pattern: '\\S', description: 'SQL that returns one boolean' },
            ttl: { type: ['number', 'null'], minimum: 0, description: 'Seconds an answer is remembered' },
          },
        },
        description: 'The branch runs only when each returns true',
      },
      top: {
        type: ['object', 'null'],
        required: ['rank_by', 'enters'],
        additionalProperties: false,
        properties: {
          rank_by: { ...text, description: 'Exported name of the metric that rows rank by, highest first' },
          enters: { type: 'integer', minimum: 1, description: 'Rows among the first so many are shown' },
          stays: {
            type: ['integer', 'null'],
            minimum: 1,
            description: 'Rows shown stay while among the first so many; twice enters when absent',
          },
          other_by: {
            type: ['array', 'null'],
            items: text,
            description: 'Labels by which the counters of rows not shown are summed, as <name>_other_<metric>_total',
          },
        },
        description: 'Ours: which rows are shown, without coming and going; pg_exporter shows every row',
      },
      metrics: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: column },
        description: 'One item for each column of the result',
      },
    },
  },
} as const;
