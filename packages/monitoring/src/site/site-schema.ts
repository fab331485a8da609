import { findNearest } from '@pgattest/runtime';
import { defaultSite } from './site.ts';
import { thresholds, type Threshold } from './threshold.ts';

const labelName = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' } as const;

const target = {
  type: 'object',
  additionalProperties: false,
  required: ['job'],
  properties: {
    job: { type: 'string', minLength: 1, description: 'Value of the job label' },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      description: 'Port of the targets, where others are of the same job; left out, all that are of no other kind',
    },
  },
} as const;

const valueOf: Readonly<Record<Threshold['kind'], object>> = {
  duration: { type: 'string', format: 'duration' },
  ratio: { type: 'number', exclusiveMinimum: 0 },
  bytes: { type: 'integer', minimum: 1 },
  count: { type: 'integer', minimum: 1 },
};

const mapOf = (properties: object): object => ({ type: 'object', additionalProperties: false, properties });

/** Key of the site file for a name in the code: `slotRetained` is `slot_retained`. */
export const keyOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Schema of a site file. `groups` are the names it may list. Every key is optional: what is left out is as committed. */
export const siteSchema = (groups: readonly string[]): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Site of pgattest rules',
  ...mapOf({
    rto: { type: 'string', format: 'duration', description: 'pg_rto: how long a failover may take' },
    rpo_bytes: { type: 'integer', minimum: 0, description: 'pg_rpo in bytes: what a failover may lose' },
    thresholds: mapOf(
      Object.fromEntries(
        Object.entries(thresholds).map(([name, { kind, help }]) => [
          keyOf(name),
          { ...valueOf[kind], description: help },
        ]),
      ),
    ),
    labels: {
      ...mapOf(Object.fromEntries(Object.keys(defaultSite.labels).map((name) => [name, labelName]))),
      description: 'Names that the scrape configuration gives to the labels job, instance, cls, ins and ip',
    },
    targets: {
      ...mapOf(Object.fromEntries(Object.keys(defaultSite.targets).map((name) => [name, target]))),
      description: 'Job and port of each kind of target',
    },
    vips: {
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^[0-9a-fA-F.:]+$' },
      description: 'Virtual address of each cluster that has one, by the name of the cluster',
    },
    dashboards: { type: 'string', pattern: '^(https?://.+)?$', description: 'Base URL of Grafana, for links' },
    language: { enum: ['both', 'en', 'zh'], description: 'Language of summaries and descriptions' },
    dialect: { enum: ['prometheus', 'vmalert'], description: 'What loads the rules' },
    groups: {
      type: 'array',
      minItems: 1,
      items: { enum: [...groups] },
      description: 'Groups to write, all when left out',
    },
  }),
});

/** The names, or the first that is none of the known with the nearest one. */
export function unknownGroup(names: readonly string[], known: readonly string[]): string | undefined {
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return undefined;
  const nearest = findNearest(wrong, known);
  return `"${wrong}" is no group; ${nearest === undefined ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`}`;
}
