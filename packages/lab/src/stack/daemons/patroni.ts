import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import type { StackRun } from '../stack-run.ts';
import { labPorts, type LabMember } from '../topology.ts';
import { bootstrapSql } from './bootstrap-sql.ts';
import { memberPaths, repositoryPath } from './paths.ts';
import { patroniEnvironment, renderPatroniConfig } from './patroni-config.ts';
import { renderPgbackrestConfig } from './pgbackrest-config.ts';
import { roleVerifiers } from './role-verifiers.ts';

/** Patroni with its PostgreSQL, which Patroni starts and stops. */
export function patroniDaemon(materials: LabMaterials, member: LabMember): Daemon {
  const paths = memberPaths(materials, member.name);
  const owner = 'postgres';
  const backup = materials.topology.options.backup;
  return {
    id: `patroni@${member.name}`,
    component: 'patroni',
    host: member.name,
    user: owner,
    argv: [materials.programs.patroni, paths.patroniConfig],
    env: patroniEnvironment(materials, member),
    directories: [
      ...[paths.data, paths.sock, paths.serverLog, paths.patroni].map((path) => ({ path, mode: 0o700 })),
      ...(backup
        ? [
            paths.pgbackrest,
            `${paths.pgbackrest}/log`,
            `${paths.pgbackrest}/lock`,
            `${paths.pgbackrest}/spool`,
            repositoryPath(materials, 1),
            repositoryPath(materials, 2),
          ].map((path) => ({ path, mode: 0o700 }))
        : []),
    ],
    files: [
      { path: paths.patroniConfig, content: renderPatroniConfig(materials, member), mode: 0o600, owner },
      {
        path: paths.bootstrapSql,
        content: bootstrapSql({ verifiers: roleVerifiers(materials.secrets), auditorGrants: materials.auditorGrants }),
        mode: 0o600,
        owner,
      },
      { path: paths.bootstrapScript, content: renderBootstrapScript(materials, member), mode: 0o700, owner },
      { path: paths.passfile, content: renderPassfile(materials), mode: 0o600, owner },
      ...(backup
        ? [
            {
              path: paths.pgbackrestConfig,
              content: renderPgbackrestConfig(materials, member),
              mode: 0o600,
              owner,
            } as const,
          ]
        : []),
    ],
    // A clean stop of a primary waits for its standbys and, in Patroni, gives the leadership away.
    stopMs: 15_000,
    ready: async (run) => findMemberProblem(run, member),
  };
}

/**
 * Patroni calls it with the connection string of the new server. The stanza is made here, before the first segment is
 * full: an archiver that has failed three times waits a minute, and the first backup would wait with it.
 */
export function renderBootstrapScript(materials: LabMaterials, member: LabMember): string {
  const { programs, topology } = materials;
  const psql = `'${programs.postgresBin}/psql' -X -q -v ON_ERROR_STOP=1`;
  const { bootstrapSql: file } = memberPaths(materials, member.name);
  return [
    '#!/bin/sh',
    `${psql} -f '${file}' "$1" || exit 1`,
    // A failure is told by the step that makes the first backup, in words that Patroni would hide.
    ...(topology.options.backup ? [`'${programs.pgbackrest}' --stanza=${member.cluster} stanza-create`, 'exit 0'] : []),
    '',
  ].join('\n');
}

function renderPassfile({ secrets, separateUsers }: LabMaterials): string {
  const roles = [
    'pgattest_monitor',
    'pgbouncer',
    'dbuser_dba',
    ...(separateUsers ? [] : ['postgres' as const]),
  ] as const;
  return roles.map((role) => `*:*:*:${role}:${secrets[role]}\n`).join('');
}

/** Undefined when the member is a writable primary, or a standby that streams; otherwise what is missing. */
export async function findMemberProblem(run: StackRun, { name, address }: LabMember): Promise<string | undefined> {
  const url = `http://${address}:${labPorts.patroni}`;
  const answer = await run.http(`${url}/patroni`, { timeoutMs: 5_000 });
  if (answer === undefined) return `Patroni of ${name} does not answer at ${url}`;
  const { state, role } = stateOf(answer.body);
  if (state !== 'running') return `PostgreSQL of ${name} is not running yet; Patroni says "${state}"`;
  try {
    const [row] = await run.sql(
      name,
      `SELECT pg_is_in_recovery(), coalesce((SELECT status FROM pg_stat_wal_receiver), 'not running')`,
      { timeoutMs: 5_000 },
    );
    const [inRecovery, receiver] = row ?? [];
    if (inRecovery === 'f') return undefined;
    if (role !== 'replica' && role !== 'standby_leader') return `PostgreSQL of ${name} is not promoted yet`;
    if (receiver === 'streaming') return undefined;
    return `${name} does not stream yet: its WAL receiver is ${receiver ?? 'unknown'}`;
  } catch (error) {
    return `PostgreSQL of ${name} does not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function stateOf(body: string): { readonly state: string; readonly role: string } {
  try {
    const document: unknown = JSON.parse(body);
    if (typeof document !== 'object' || document === null) return { state: 'unknown', role: 'unknown' };
    const state: unknown = 'state' in document ? document.state : undefined;
    const role: unknown = 'role' in document ? document.role : undefined;
    return { state: typeof state === 'string' ? state : 'unknown', role: typeof role === 'string' ? role : 'unknown' };
  } catch {
    return { state: 'unreadable answer', role: 'unknown' };
  }
}
