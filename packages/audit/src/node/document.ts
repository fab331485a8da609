import { formatIssue, parseConfig, RuntimeError } from '@pgattest/runtime';
import type { Observation } from '../probe.ts';

/** What `pgattest audit collect-node` writes: the facts of one host. Holds no secret. */
export interface NodeDocument {
  readonly formatVersion: 1;
  /** Host name, as the kernel says it. */
  readonly host: string;
  /** When the collector ended, ISO 8601 UTC. */
  readonly collectedAt: string;
  readonly collector: { readonly name: 'pgattest'; readonly version: string; readonly isRoot: boolean };
  /** Probes of kind `node` in the order they ran; each observation has its own time. */
  readonly observations: readonly { readonly probe: string; readonly observation: Observation<unknown> }[];
}

const text = { type: 'string', minLength: 1 } as const;
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' } as const;
const codes = [
  'unreachable',
  'auth_failed',
  'permission_denied',
  'unsupported',
  'timeout',
  'invalid_data',
  'probe_failed',
];

const observation = {
  type: 'object',
  oneOf: [
    {
      additionalProperties: false,
      required: ['status', 'at', 'value'],
      properties: { status: { const: 'ok' }, at: instant, value: {} },
    },
    {
      additionalProperties: false,
      required: ['status', 'at', 'code', 'message'],
      properties: { status: { const: 'unavailable' }, at: instant, code: { enum: codes }, message: text },
    },
  ],
} as const;

/** JSON Schema of a node document. */
export const nodeDocumentSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'host', 'collectedAt', 'collector', 'observations'],
  properties: {
    formatVersion: { const: 1 },
    host: text,
    collectedAt: instant,
    collector: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version', 'isRoot'],
      properties: { name: { const: 'pgattest' }, version: text, isRoot: { type: 'boolean' } },
    },
    observations: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['probe', 'observation'],
        properties: { probe: { type: 'string', pattern: '^node\\.[a-z0-9-]+$' }, observation },
      },
    },
  },
} as const;

/** Reads a node document. Errors: RuntimeError config_invalid naming file, line, key. */
export function parseNodeDocument(json: string, file: string): NodeDocument {
  const parsed = parseConfig<NodeDocument>({ text: json, file, schema: nodeDocumentSchema });
  if (parsed.ok) return parsed.value;
  throw new RuntimeError(
    'config_invalid',
    `${parsed.issues.map(formatIssue).join('\n')}\nit is no answer of "pgattest audit collect-node"; collect the node again`,
  );
}
