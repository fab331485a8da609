import { renderTable } from '@pgattest/runtime';
import type { DaemonStatus, LabStatus, MemberStatus } from '../lab-status.ts';

/** Everything ready, one primary on which SQL and Patroni agree, nothing broken on purpose. */
export function isHealthy(status: LabStatus): boolean {
  const { bySql, byPatroni } = status.primary;
  return (
    status.state === 'up' &&
    status.daemons.every(({ ready }) => ready) &&
    status.members.every(({ role }) => role !== 'unknown') &&
    status.backups.every(({ state }) => state === 'ok') &&
    bySql.length === 1 &&
    bySql[0] === byPatroni[0] &&
    byPatroni.length === 1 &&
    status.faults.length === 0
  );
}

/** The status for people. */
export function renderStatus(status: LabStatus): string {
  const { options, primary } = status;
  return `${[
    `lab ${status.name}: ${status.state} since ${status.startedAt}, ${options.isolation}, ${status.directory}`,
    `${options.cluster}: PostgreSQL ${options.major}, ${options.nodes} nodes, ${options.durability}, plan ${options.rto}, failsafe ${options.failsafe ? 'on' : 'off'}`,
    `primary by SQL: ${primaries(primary.bySql)}; by Patroni: ${primaries(primary.byPatroni)}`,
    '',
    renderTable({
      head: ['MEMBER', 'ADDRESS', 'ROLE', 'TIMELINE', 'POSITION', 'LAG', 'PATRONI'],
      align: ['left', 'left', 'left', 'right', 'right', 'right'],
      rows: status.members.map(memberRow),
    }),
    '',
    renderTable({ head: ['PROCESS', 'STATE', 'PID', 'READY'], rows: status.daemons.map(daemonRow) }),
    ...backupLines(status),
    ...faultLines(status),
  ].join('\n')}\n`;
}

function primaries(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length === 1 ? names.join() : `${names.join(' and ')} (SPLIT BRAIN)`;
}

function memberRow(member: MemberStatus): readonly string[] {
  return [
    member.name,
    member.address,
    member.role === 'unknown' ? `unknown: ${member.reason ?? 'no reason given'}` : member.role,
    member.timeline?.toString() ?? '-',
    member.lsn ?? '-',
    member.lagBytes === undefined ? '-' : `${member.lagBytes} B`,
    member.patroniRole === undefined ? 'no answer' : `${member.patroniRole} ${member.patroniState ?? '?'}`,
  ];
}

function daemonRow(daemon: DaemonStatus): readonly string[] {
  return [daemon.id, daemon.state, daemon.pid?.toString() ?? '-', daemon.ready ? 'yes' : `no: ${daemon.reason ?? '?'}`];
}

function backupLines({ backups, options }: LabStatus): readonly string[] {
  if (!options.backup) return ['', 'backup: off (--no-backup)'];
  return [
    '',
    ...backups.map(({ repository, state, text, newest, count }) =>
      state === 'unknown'
        ? `backup: unknown: ${text}`
        : `backup repository ${repository}: ${text}, ${count} ${count === 1 ? 'backup' : 'backups'}, newest ${newest ?? 'none'}`,
    ),
  ];
}

function faultLines({ faults }: LabStatus): readonly string[] {
  if (faults.length === 0) return ['', 'broken on purpose: nothing'];
  return [
    '',
    'broken on purpose:',
    ...faults.map(
      ({ id, title, target, since }) =>
        `  ${id}${target === undefined ? '' : ` on ${target}`} since ${since}: ${title}`,
    ),
  ];
}
