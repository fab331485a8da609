import { ConnectError, createEtcdClient, createPatroniClient } from '@pgattest/connect';
import type { UnavailableCode } from '../probe.ts';
import { shellWord } from '../psql-command.ts';
import type { InventorySource, NamedMember } from './cluster-context.ts';
import { readPigstyMembers } from './pigsty-inventory.ts';

/** What one source says of the members of the cluster, or why it could not be read. */
export interface SourceAnswer {
  readonly from: 'patroni' | 'etcd' | 'pigsty';
  /** Address or file that answered, or was asked last. */
  readonly place: string;
  /** Shell command that shows what was read, and what it printed then, without the last newline. Holds no secret. */
  readonly command: string;
  readonly printed: string;
  readonly members:
    | { readonly status: 'ok'; readonly list: readonly NamedMember[] }
    | { readonly status: 'unavailable'; readonly code: UnavailableCode; readonly message: string };
  /** What the source holds and this version does not understand. */
  readonly notes: readonly string[];
}

/** One member that hangs must not use up the time of all: each is asked within its part of the probe's. */
export const askTimeoutMs = 3_000;

/** What a source says of the members of a cluster. Never rejects: a failure is part of the answer. */
// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
export async function askSource(source: InventorySource, cluster: string, signal: AbortSignal): Promise<SourceAnswer> {
  switch (source.from) {
    case 'patroni':
      return askEach('patroni', source.apis, printMembers, async ({ target }) => {
        const { members } = await createPatroniClient(target, { timeoutMs: askTimeoutMs }).cluster(signal);
        return members.map(({ name, host, port, role }) => ({ name, host: host ?? null, port: port ?? null, role }));
      });
    case 'etcd': {
      const printKeys = (members: readonly NamedMember[]): string =>
        members.map(({ name }) => `${source.prefix}members/${name}`).join('\n');
      return askEach('etcd', source.endpoints, printKeys, async ({ target }) => {
        const client = createEtcdClient(target, { timeoutMs: askTimeoutMs });
        const { keys } = await client.range({ keys: { prefix: `${source.prefix}members/` } }, signal);
        return keys.map(({ key, value }) => memberOfKey(key.slice(`${source.prefix}members/`.length), value));
      });
    }
    case 'pigsty': {
      const command = `sha256sum ${shellWord(source.file)}`;
      try {
        const { members, notes, sha256 } = await readPigstyMembers(source.file, cluster);
        const list = sorted(members);
        const printed = `${sha256}  ${source.file}`;
        return { from: 'pigsty', place: source.file, command, printed, members: { status: 'ok', list }, notes };
      } catch (cause) {
        return { from: 'pigsty', place: source.file, command, printed: '', members: unavailable(cause), notes: [] };
      }
    }
  }
}

/** The answer of the first that gives one; the failure of the last when none does. */
async function askEach<
  T extends { readonly host: string; readonly command: string; readonly target: { readonly url: string } },
>(
  from: 'patroni' | 'etcd',
  places: readonly T[],
  print: (members: readonly NamedMember[]) => string,
  read: (place: T) => Promise<readonly NamedMember[]>,
): Promise<SourceAnswer> {
  let failure: SourceAnswer | undefined;
  for (const place of places) {
    const base = { from, place: place.target.url, command: place.command, notes: [] };
    try {
      const list = sorted(await read(place));
      return { ...base, printed: print(list), members: { status: 'ok', list } };
    } catch (cause) {
      failure = { ...base, printed: '', members: unavailable(cause) };
    }
  }
  return (
    failure ?? {
      from,
      place: '',
      command: '',
      printed: '',
      notes: [],
      members: unavailable(new Error('nobody to ask')),
    }
  );
}

/** What the printed command against Patroni prints. */
const printMembers = (members: readonly NamedMember[]): string =>
  members
    .map(({ name, host, port, role }) => `${name} ${host ?? 'null'} ${port ?? 'null'} ${role ?? 'null'}`)
    .join('\n');

/** What a member writes about itself below `members/`: JSON with `conn_url` and `role`. */
function memberOfKey(name: string, value: string): NamedMember {
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch (cause) {
    throw new ConnectError('invalid_data', `the key members/${name} in etcd is no JSON`, { cause });
  }
  const fields: Readonly<Record<string, unknown>> =
    typeof document === 'object' && document !== null ? { ...document } : {};
  const role = typeof fields['role'] === 'string' ? fields['role'] : null;
  const text = fields['conn_url'];
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
  const port = url === null ? null : url.port === '' ? 5432 : Number(url.port);
  return { name, host: url === null ? null : url.hostname.replaceAll(/^\[|\]$/gu, ''), port, role };
}

function unavailable(cause: unknown): Extract<SourceAnswer['members'], { readonly status: 'unavailable' }> {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof ConnectError ? cause.code : 'query_failed';
  const known: readonly UnavailableCode[] = [
    'unreachable',
    'auth_failed',
    'permission_denied',
    'timeout',
    'invalid_data',
  ];
  return { status: 'unavailable', code: known.find((word) => word === code) ?? 'probe_failed', message };
}

const sorted = (members: readonly NamedMember[]): readonly NamedMember[] =>
  members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
