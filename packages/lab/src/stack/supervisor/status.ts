import { findProcess } from '../../process/process-table.ts';
import { parseLsn } from '../client/attempt.ts';
import type { DaemonProcess } from '../daemon-process.ts';
import type { BackupStatus, DaemonStatus, LabStatus, MemberStatus } from '../lab-status.ts';
import type { StackRun } from '../stack-run.ts';
import type { LabMember } from '../topology.ts';
import { readBackups } from './backup-status.ts';
import { describeReadiness } from './readiness.ts';

/** Everything about a lab that has to be asked for; the rest of the status is known. */
export async function observe(
  daemons: readonly DaemonProcess[],
  run: StackRun,
): Promise<Pick<LabStatus, 'daemons' | 'members' | 'primary' | 'backups'>> {
  const { members, standbyMembers, options } = run.topology;
  const [daemonStates, memberStates, backups] = await Promise.all([
    Promise.all(daemons.map(async (process) => observeDaemon(process, run))),
    Promise.all([...members, ...standbyMembers].map(async (member) => observeMember(member, run))),
    options.backup ? readBackups(run) : ([] satisfies readonly BackupStatus[]),
  ]);
  const withLag = addLag(memberStates);
  const main = withLag.filter(({ cluster }) => cluster === options.cluster);
  return {
    daemons: daemonStates,
    members: withLag,
    primary: {
      bySql: main.filter(({ role }) => role === 'primary').map(({ name }) => name),
      byPatroni: main.filter(({ patroniRole }) => isLeaderRole(patroniRole)).map(({ name }) => name),
    },
    backups,
  };
}

async function observeDaemon(process: DaemonProcess, run: StackRun): Promise<DaemonStatus> {
  const { daemon } = process;
  const reason = await describeReadiness(process, run);
  const { state } = process;
  const frozen = state.kind === 'running' && findProcess(state.pid)?.state === 'T';
  const name = { 'never started': 'not started', running: frozen ? 'frozen' : 'running', ended: 'ended' } as const;
  return {
    id: daemon.id,
    host: daemon.host,
    component: daemon.component,
    state: name[state.kind],
    pid: state.kind === 'running' ? state.pid : undefined,
    ready: reason === undefined,
    reason,
  };
}

async function observeMember(member: LabMember, run: StackRun): Promise<MemberStatus> {
  const [server, patroni] = await Promise.all([observeServer(member, run), observePatroni(member, run)]);
  return {
    name: member.name,
    cluster: member.cluster,
    address: member.address,
    lagBytes: undefined,
    ...server,
    ...patroni,
  };
}

async function observeServer(
  { name }: LabMember,
  run: StackRun,
): Promise<Pick<MemberStatus, 'role' | 'reason' | 'timeline' | 'lsn'>> {
  try {
    // The control file's timeline of a standby is that of its last restart point: the walreceiver knows a newer one.
    const [row = []] = await run.sql(
      name,
      `SELECT pg_is_in_recovery(),
              CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
              CASE WHEN pg_is_in_recovery()
                THEN COALESCE((SELECT received_tli FROM pg_stat_wal_receiver),
                              (SELECT timeline_id FROM pg_control_checkpoint()))
                ELSE (SELECT timeline_id FROM pg_control_checkpoint()) END`,
      { timeoutMs: 5_000 },
    );
    const [inRecovery, lsn = '', timeline = ''] = row;
    return {
      role: inRecovery === 't' ? 'standby' : 'primary',
      reason: undefined,
      timeline: timeline === '' ? undefined : Number(timeline),
      lsn: lsn === '' ? undefined : lsn,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { role: 'unknown', reason, timeline: undefined, lsn: undefined };
  }
}

async function observePatroni(
  { name }: LabMember,
  run: StackRun,
): Promise<Pick<MemberStatus, 'patroniRole' | 'patroniState'>> {
  const answer = await run.patroni(name, 'GET', '/patroni');
  if (answer === undefined) return { patroniRole: undefined, patroniState: undefined };
  const [role, state] = ['role', 'state'].map((key) => findText(answer.body, key));
  return { patroniRole: role, patroniState: state };
}

/** A standby's lag behind the primary of its own cluster; a standby cluster's behind the main one's. */
function addLag(members: readonly MemberStatus[]): readonly MemberStatus[] {
  const primary = members.find(({ role, patroniRole }) => role === 'primary' && isLeaderRole(patroniRole));
  const position = primary?.lsn === undefined ? undefined : parseLsn(primary.lsn);
  return members.map((member) => {
    const own = member.role === 'standby' && member.lsn !== undefined ? parseLsn(member.lsn) : undefined;
    return own === undefined || position === undefined ? member : { ...member, lagBytes: Number(position - own) };
  });
}

function isLeaderRole(role: string | undefined): boolean {
  return role === 'master' || role === 'primary';
}

function findText(json: string, key: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return undefined;
    const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
    return typeof found === 'string' ? found : undefined;
  } catch {
    // Cut off in the middle: no answer.
    return undefined;
  }
}
