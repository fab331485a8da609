import type { FromSchema } from 'json-schema-to-ts';
import { clusterSchema } from './cluster-schema.ts';
import { headerSchema } from './header-schema.ts';
import { reportFormats } from '../report/formats/names.ts';
import { evidenceStoreSchema } from './evidence-store-schema.ts';
import { sharingSchema } from './sharing-schema.ts';
import { waiverSchema } from './waiver-schema.ts';

const duration = { type: 'string', format: 'duration' } as const;

/** Configuration of the auditor: which clusters, where results go, what counts. */
export const auditConfigSchema = {
  title: 'pgattest audit',
  type: 'object',
  additionalProperties: false,
  required: ['clusters'],
  properties: {
    clusters: {
      type: 'array',
      minItems: 1,
      description: 'What is audited',
      items: clusterSchema,
    },
    evidence_dir: { type: 'string', minLength: 1, default: 'evidence', description: 'Folder that keeps every run' },
    evidence_store: evidenceStoreSchema,
    attestations_dir: {
      type: 'string',
      minLength: 1,
      default: 'attestations',
      description: 'Folder of what persons confirmed (audit attest)',
    },
    attestation_keys: {
      type: 'array',
      default: [],
      items: { type: 'string', minLength: 1 },
      description: 'Public keys of signers; without their signature an attestation then does not count',
    },
    signing_key: {
      type: 'string',
      minLength: 1,
      description: 'Private key (audit keygen) that signs the record of every run',
    },
    report_dir: { type: 'string', minLength: 1, default: 'reports', description: 'Folder reports are written to' },
    formats: {
      type: 'array',
      default: [],
      uniqueItems: true,
      items: { enum: reportFormats },
      description: 'Formats written beside HTML, text and JSON',
    },
    waivers: { type: 'array', default: [], items: waiverSchema, description: 'Approved exceptions' },
    waivers_file: { type: 'string', minLength: 1, description: 'YAML file with more of them under the key waivers' },
    params: {
      type: 'object',
      default: {},
      additionalProperties: { type: 'object' },
      description: 'Parameters of checks, by check id',
    },
    frameworks: {
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
      description: 'Framework ids; by default mlps-l3, soc2 and those of framework_files',
    },
    framework_files: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description: 'YAML files with frameworks of your own (docs/frameworks.md)',
    },
    fail_on: {
      enum: ['critical', 'high', 'medium', 'low', 'info', 'never'],
      default: 'high',
      description: 'Lowest severity of a failing finding that makes the exit code 1',
    },
    language: { enum: ['en', 'zh'], default: 'en', description: 'Language of the terminal; reports come in both' },
    header: { ...headerSchema, default: {}, description: 'Printed on the cover of the report' },
    listen: { type: 'string', default: '127.0.0.1:9855', description: 'Address of audit serve' },
    interval: { ...duration, default: '1h', description: 'Time between two runs of audit serve' },
    sharing: sharingSchema,
    concurrency: {
      type: 'integer',
      minimum: 1,
      maximum: 64,
      default: 8,
      description: 'Objects of a cluster asked at a time',
    },
    clusters_at_a_time: {
      type: 'integer',
      minimum: 1,
      maximum: 64,
      default: 4,
      description: 'Clusters audited together',
    },
    connect_timeout: { ...duration, default: '5s' },
    probe_timeout: { ...duration, default: '10s', description: 'Longest time one probe may take on one object' },
    run_timeout: {
      ...duration,
      default: '5m',
      description: 'Longest time to collect from one cluster; what is left then is unavailable',
    },
    live_pause: {
      ...duration,
      default: '100ms',
      description: 'Least time between the starts of two live probes of a cluster, which run one at a time',
    },
  },
} as const;

/** The configuration with its defaults. Durations are still text. */
export type AuditConfig = FromSchema<typeof auditConfigSchema, { keepDefaultedPropertiesOptional: false }>;
