import {
  createPatroniClient,
  openWriteSession,
  readPatroniCredentials,
  resolvePgTarget,
  type PatroniCluster,
  type PatroniTarget,
  type PgTarget,
} from '@pgattest/connect';
import {
  findDurationMs,
  RuntimeError,
  type CommandContext,
  type CommandSpec,
  type OptionSpec,
} from '@pgattest/runtime';
import { conductOptions, readApproval, runDrills, textOption } from '../conduct/run-drills.ts';
import { messageOf } from '../errors.ts';
import { roleChangeDrill } from '../ha/role-change-drill.ts';
import { roleChangePreconditions, type RoleChangeFacts } from '../ha/role-preconditions.ts';
import { labFault } from '../ha/lab-fault.ts';
import { isPrimary, lookAt, membersOf, type ClusterMembers, type ClusterSight } from '../ha/view.ts';

const roleOptions: readonly OptionSpec[] = [
  { flags: '--patroni <url>', summary: 'REST API of any member: http://10.0.0.11:8008' },
  { flags: '--patroni-credentials <file>', summary: 'user:password of the REST API, one line, mode 0600' },
  { flags: '--patroni-ca <file>', summary: 'authority of its certificate' },
  { flags: '--patroni-cert <file>', summary: 'client certificate, with --patroni-cert-key' },
  { flags: '--patroni-cert-key <file>', summary: 'key of the client certificate' },
  {
    flags: '--member <name=url...>',
    summary: 'REST API of a member where the address in the store is not reachable from here',
  },
  { flags: '--candidate <name>', summary: 'member to promote' },
  {
    flags: '--service-dsn <dsn>',
    summary: 'where applications write; the role may create a table. Passwords: passfile=',
  },
  { flags: '--max-rto <duration>', summary: 'fail when writes are not acknowledged for longer than this' },
  {
    flags: '--max-lost-rows <n>',
    summary: 'acknowledged rows that may be gone, where replication is asynchronous',
    default: '0',
  },
  { flags: '--cluster <name>', summary: "name on the certificate; Patroni's scope when not given" },
  ...conductOptions,
];

const notes =
  'Exit codes: 0 passed, 1 rows lost or too slow, 2 usage, 3 refused or stopped (the reason says in which state).';

/** `pgattest drill switchover`: the role handed over while all is well. */
export const switchoverCommand: CommandSpec = {
  name: 'switchover',
  summary: 'hand the primary role over through Patroni, measure the outage and count lost rows',
  example:
    'pgattest drill switchover --patroni http://10.0.0.11:8008 --patroni-credentials patroni.auth --service-dsn "host=10.0.0.10 port=5433 dbname=app user=drill passfile=pgpass" --key drill.key --approve CHG-123',
  options: roleOptions,
  notes,
  run: (context) => run(context, 'switchover'),
};

/** `pgattest drill failover`: a member promoted whether the primary is well or not. */
export const failoverCommand: CommandSpec = {
  name: 'failover',
  summary: 'promote a member through Patroni without asking the primary, measure the outage and count lost rows',
  example:
    'pgattest drill failover --candidate pg-main-2 --patroni http://10.0.0.12:8008 --patroni-credentials patroni.auth --service-dsn "host=10.0.0.10 port=5433 dbname=app user=drill passfile=pgpass" --key drill.key --approve CHG-123',
  options: [
    ...roleOptions,
    {
      flags: '--by <way>',
      summary: 'patroni, or lab:FAULT to break a lab (pgattest lab break --list)',
      default: 'patroni',
    },
    { flags: '--lab <name>', summary: 'name of the lab to break' },
  ],
  notes,
  run: (context) => run(context, 'failover'),
};

async function run(context: CommandContext, kind: 'switchover' | 'failover'): ReturnType<CommandSpec['run']> {
  const approval = await readApproval(context);
  const patroni = await patroniTarget(context);
  const serviceDsn = textOption(context, 'serviceDsn');
  if (serviceDsn === undefined)
    throw new RuntimeError('usage', 'name the service that applications write to: --service-dsn');
  const candidate = textOption(context, 'candidate');
  const fault =
    kind === 'failover' ? labFault(textOption(context, 'by') ?? 'patroni', textOption(context, 'lab')) : undefined;
  if (kind === 'failover' && fault === undefined && candidate === undefined) {
    throw new RuntimeError('usage', 'a failover promotes a member that you choose: --candidate');
  }
  const maxRto = textOption(context, 'maxRto');
  const maxRtoMs = maxRto === undefined ? undefined : findDurationMs(maxRto);
  if (maxRto !== undefined && maxRtoMs === undefined)
    throw new RuntimeError('usage', `--max-rto "${maxRto}" is no duration; write 30s`);
  const maxLostRows = textOption(context, 'maxLostRows') ?? '0';
  if (!/^\d{1,9}$/u.test(maxLostRows))
    throw new RuntimeError('usage', `--max-lost-rows "${maxLostRows}" is no number of rows; write 100`);
  const client = createPatroniClient(patroni, { timeoutMs: 5000 });
  const cluster = await client.cluster(context.signal);
  const config = await client.config(context.signal);
  const members = withOverrides(membersOf(cluster.members, patroni, 2000), context.options['member'], patroni);
  const sight = await lookAt(members, context.signal, () => performance.now());
  const service = await resolvePgTarget(serviceDsn, { env: context.env });
  const facts: RoleChangeFacts = {
    cluster,
    config,
    sight,
    candidate,
    service: await askService(service, context.signal),
  };
  const leader = leaderOf(cluster, sight);
  const drill = roleChangeDrill({
    kind,
    cluster:
      textOption(context, 'cluster') ??
      sight.members.find(({ status }) => status?.scope !== undefined)?.status?.scope ??
      'cluster',
    patroni,
    members,
    leader,
    candidate,
    service,
    fault,
    maxRtoSeconds: maxRtoMs === undefined ? undefined : maxRtoMs / 1000,
    maxLostRows: Number(maxLostRows),
    preconditions: roleChangePreconditions(facts),
    versions: versionsOf(sight),
  });
  return runDrills(context, [drill], approval);
}

async function patroniTarget(context: CommandContext): Promise<PatroniTarget> {
  const url = textOption(context, 'patroni');
  if (url === undefined) throw new RuntimeError('usage', "name a member's REST API: --patroni http://10.0.0.11:8008");
  const credentialsFile = textOption(context, 'patroniCredentials');
  if (credentialsFile === undefined) {
    throw new RuntimeError(
      'usage',
      'Patroni changes nothing without credentials: --patroni-credentials FILE (user:password, mode 0600)',
    );
  }
  const caFile = textOption(context, 'patroniCa');
  const certFile = textOption(context, 'patroniCert');
  const keyFile = textOption(context, 'patroniCertKey');
  return {
    url,
    credentials: await readPatroniCredentials(credentialsFile),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

function withOverrides(members: ClusterMembers, given: unknown, patroni: PatroniTarget): ClusterMembers {
  const overrides = new Map(
    (Array.isArray(given) ? given.map(String) : []).map((word) => {
      const at = word.indexOf('=');
      const [name, url] = [word.slice(0, at), word.slice(at + 1)];
      if (at < 1 || !URL.canParse(url)) throw new RuntimeError('usage', `--member "${word}" must be name=url`);
      if (!members.names.includes(name)) {
        throw new RuntimeError('usage', `Patroni lists no member ${name}; it lists ${members.names.join(', ')}`);
      }
      return [name, new URL(url).origin] as const;
    }),
  );
  const targetOf = (name: string): PatroniTarget => {
    const url = overrides.get(name);
    return url === undefined ? members.targetOf(name) : { ...patroni, url };
  };
  return {
    names: members.names,
    targetOf,
    clientOf: (name) => createPatroniClient(targetOf(name), { timeoutMs: 2000 }),
  };
}

/** A leader that nobody holds the lock for is a precondition that is not met; the plan still needs a name. */
const leaderOf = (cluster: PatroniCluster, sight: ClusterSight): string =>
  cluster.members.find(({ role }) => role === 'leader')?.name ?? sight.members.find(isPrimary)?.name ?? 'nobody';

async function askService(target: PgTarget, signal: AbortSignal): Promise<RoleChangeFacts['service']> {
  try {
    const session = await openWriteSession(
      target,
      { connectTimeoutMs: 5000, statementTimeoutMs: 5000, applicationName: 'pgattest drill', endedBy: signal },
      signal,
    );
    try {
      const {
        rows: [row],
      } = await session.query(
        `SELECT NOT pg_is_in_recovery(), has_schema_privilege(current_schema(), 'CREATE'), coalesce(current_schema(), 'none')`,
      );
      const [isPrimaryThere, mayCreate, schema] = row ?? [];
      if (isPrimaryThere !== 't') return { isWritable: false, detail: 'it leads to a standby' };
      const detail =
        mayCreate === 't'
          ? 'it leads to a primary'
          : `${target.user} may not create a table in the schema ${schema ?? 'none'}`;
      return { isWritable: mayCreate === 't', detail };
    } finally {
      await session.close();
    }
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

function versionsOf({ members }: ClusterSight): Readonly<Record<string, string>> {
  const status = members.find((member) => member.status !== undefined)?.status;
  const server = status?.serverVersion;
  return {
    ...(status?.version === undefined ? {} : { patroni: status.version }),
    ...(server === undefined ? {} : { postgresql: `${Math.floor(server / 10_000)}.${server % 10_000}` }),
  };
}
