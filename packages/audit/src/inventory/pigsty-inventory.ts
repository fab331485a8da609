import { readFile } from 'node:fs/promises';
import { loadYaml, RuntimeError } from '@pgattest/runtime';
import { sha256 } from '../evidence/hash.ts';
import type { NamedMember } from './cluster-context.ts';

/** One PostgreSQL cluster of a Pigsty inventory. */
export interface PigstyCluster {
  readonly name: string;
  readonly members: readonly NamedMember[];
  /** Address that vip-manager moves with the primary, without its prefix length. */
  readonly vip?: string;
  /** Its first member follows a server of another cluster (`pg_upstream`). */
  readonly isStandby: boolean;
}

/** What an inventory says of databases, and what in it is not understood. */
export interface PigstyInventory {
  readonly clusters: readonly PigstyCluster[];
  readonly etcd: readonly { readonly name: string; readonly host: string }[];
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const roles: readonly string[] = ['primary', 'replica', 'offline', 'standby', 'delayed'];

/**
 * Reads `pigsty.yml`: the groups below `all.children`, each with `hosts` by address and `vars`. A host's variables go
 * before its group's, those before the ones of `all`. What is not understood is a note, never left out in silence.
 * Errors: RuntimeError config_invalid naming file and line.
 */
export function parsePigstyInventory(text: string, file: string): PigstyInventory {
  const { parseDocument, LineCounter } = loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, version: '1.2', merge: true, prettyErrors: false });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0]);
    throw new RuntimeError('config_invalid', `${file}:${line}:${col} ${problem.message.split('\n', 1)[0] ?? ''}`);
  }
  const all = fieldsOf(fieldsOf(document.toJS())['all']);
  const groups = fieldsOf(all['children']);
  if (Object.keys(groups).length === 0) {
    throw new RuntimeError('config_invalid', `${file}:1:1 has no groups below all.children; is it a Pigsty inventory?`);
  }
  const notes: string[] = [];
  const clusters: PigstyCluster[] = [];
  const etcd: { readonly name: string; readonly host: string }[] = [];
  for (const [group, value] of Object.entries(groups)) {
    const vars = { ...fieldsOf(all['vars']), ...fieldsOf(fieldsOf(value)['vars']) };
    const hosts = Object.entries(fieldsOf(fieldsOf(value)['hosts'])).map(
      ([host, own]) => [host, { ...vars, ...fieldsOf(own) }] as const,
    );
    if (hosts.some(([, { pg_seq: seq, pg_role: role }]) => seq !== undefined || role !== undefined)) {
      const cluster = clusterOf(group, hosts, notes);
      if (cluster !== undefined && clusters.some(({ name }) => name === cluster.name)) {
        notes.push(`group ${group}: another group declares cluster ${cluster.name} too; its members were left out`);
      } else if (cluster !== undefined) clusters.push(cluster);
    } else if (typeof vars['pg_cluster'] === 'string' && vars['pg_cluster'] !== fieldsOf(all['vars'])['pg_cluster']) {
      notes.push(`group ${group}: it names pg_cluster ${vars['pg_cluster']}, but none of its hosts has pg_seq`);
    }
    if (hosts.some(([, { etcd_seq: seq }]) => seq !== undefined)) {
      const name = textOf(vars['etcd_cluster']) ?? 'etcd';
      for (const [host, { etcd_seq: seq }] of hosts) {
        if (Number.isInteger(seq)) etcd.push({ name: `${name}-${String(seq)}`, host });
        else notes.push(`group ${group}: host ${host} has no etcd_seq that is a number`);
      }
    }
  }
  return { clusters, etcd, notes };
}

function clusterOf(
  group: string,
  hosts: readonly (readonly [host: string, vars: Fields])[],
  notes: string[],
): PigstyCluster | undefined {
  const name = textOf(hosts[0]?.[1]['pg_cluster']);
  if (name === undefined || name.includes('{{')) {
    notes.push(`group ${group}: its hosts have pg_seq, but no pg_cluster that is a plain name`);
    return undefined;
  }
  const members = hosts.flatMap(([host, vars]): readonly NamedMember[] => {
    const { pg_seq: seq, pg_role: role, pg_port: port = 5432 } = vars;
    if (!Number.isInteger(seq)) {
      notes.push(`group ${group}: host ${host} has no pg_seq that is a number; it was left out`);
      return [];
    }
    if (typeof role !== 'string' || !roles.includes(role)) {
      notes.push(
        `group ${group}: host ${host} has pg_role ${JSON.stringify(role ?? null)}; known are ${roles.join(', ')}`,
      );
    }
    if (!Number.isInteger(port))
      notes.push(`group ${group}: host ${host} has pg_port ${JSON.stringify(port)}, not a number`);
    return [
      {
        name: `${name}-${String(seq)}`,
        host,
        port: typeof port === 'number' ? port : null,
        role: typeof role === 'string' ? role : null,
      },
    ];
  });
  const [, first = {}] = hosts.find(([, { pg_role: role }]) => role === 'primary') ?? hosts[0] ?? [];
  const address = first['pg_vip_enabled'] === true ? textOf(first['pg_vip_address']) : undefined;
  return {
    name,
    members,
    ...(address === undefined ? {} : { vip: address.split('/', 1)[0] ?? address }),
    isStandby: textOf(first['pg_upstream']) !== undefined,
  };
}

/**
 * Members of one cluster in an inventory. Errors: RuntimeError config_invalid when the file cannot be read or has no
 * such cluster, naming those it has.
 */
export async function readPigstyMembers(
  file: string,
  cluster: string,
): Promise<{ readonly members: readonly NamedMember[]; readonly notes: readonly string[]; readonly sha256: string }> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('config_invalid', `cannot read the Pigsty inventory ${file}: ${why}`, { cause });
  });
  const { clusters, notes } = parsePigstyInventory(text, file);
  const found = clusters.find(({ name }) => name === cluster);
  if (found !== undefined) return { members: found.members, notes, sha256: sha256(text) };
  const names = clusters.map(({ name }) => name).join(', ') || 'none';
  throw new RuntimeError('config_invalid', `${file} declares no cluster ${cluster}; it declares ${names}`);
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
