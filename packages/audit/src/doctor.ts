import { ConnectError, createLoginMemory, type PgSession } from '@pgattest/connect';
import { readShipped, shippedFacts } from './collect/node-source.ts';
import { failed, observe } from './collect/observe.ts';
import { openTarget, type OpenTarget } from './collect/open.ts';
import { kindOfTarget, type ComponentTarget } from './inventory/component-target.ts';
import type { AnyProbe, Observation, UnavailableCode } from './probe.ts';
import type { AuditSettings } from './settings.ts';

/** One probe tried for real on one subject. */
export interface ProbeHealth {
  readonly probe: string;
  readonly privilege: string;
  readonly state: 'ok' | UnavailableCode;
  /** Why, when it is not ok. */
  readonly message?: string;
  /** Statements that give this role what the probe needs; only when the server refused. */
  readonly grants: readonly string[];
}

/** What the auditor can do on one subject. */
export interface SubjectHealth {
  readonly subject: string;
  readonly kind: string;
  /** Of an instance; absent when it could not be entered. */
  readonly role?: string;
  readonly isSuperuser?: boolean;
  readonly database?: string;
  readonly versionNum?: number;
  /** Why it could not be entered. */
  readonly unreachable?: { readonly code: string; readonly message: string };
  readonly probes: readonly ProbeHealth[];
}

export interface DoctorOptions {
  readonly probes: readonly AnyProbe[];
  readonly settings: Pick<AuditSettings, 'connectTimeoutMs' | 'probeTimeoutMs' | 'lockTimeoutMs'>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/**
 * Runs every probe of its kind on a subject and says which privileges are missing. Live probes are left out: they try
 * what a scanner would, and tell nothing about privileges. Rejects only when interrupted.
 */
export async function examine(target: ComponentTarget, options: DoctorOptions): Promise<SubjectHealth> {
  const probes = options.probes.filter(({ subject, live }) => subject === kindOfTarget(target) && live === undefined);
  const bounds = { ...options.settings, signal: options.signal, now: options.now, logins: createLoginMemory() };
  const base = { subject: target.subject.id, kind: kindOfTarget(target) };
  if (target.kind === 'undeclared') {
    return { ...base, unreachable: { code: 'not_configured', message: target.message }, probes: [] };
  }
  if (target.kind === 'node' && target.source.from === 'file') {
    const shipped = await readShipped(target.source, options.now());
    if ('code' in shipped) return { ...base, unreachable: shipped, probes: [] };
    const facts = shippedFacts(shipped, base.subject, probes, options);
    return {
      ...base,
      probes: probes.map((probe) =>
        healthOf(probe, facts.get(probe.id) ?? failed(undefined, probe, base.subject, options), '{role}'),
      ),
    };
  }
  let open: OpenTarget | undefined;
  try {
    open = await openTarget(target, bounds);
    const who = target.kind === 'instance' ? await whoAmI(open, options.signal) : undefined;
    const health: ProbeHealth[] = [];
    for (const probe of probes) {
      if (!open.usable()) {
        await open.close().catch(() => undefined);
        open = await openTarget(target, bounds);
      }
      const observation = await observe(probe, base.subject, open.contextFor, bounds);
      health.push(healthOf(probe, observation, who?.quoted ?? '{role}'));
    }
    return { ...base, ...who?.facts, probes: health };
  } catch (cause) {
    options.signal.throwIfAborted();
    if (!(cause instanceof ConnectError)) throw cause;
    return { ...base, unreachable: { code: cause.code, message: cause.message }, probes: [] };
  } finally {
    await open?.close().catch(() => undefined);
  }
}

async function whoAmI(
  { contextFor }: OpenTarget,
  signal: AbortSignal,
): Promise<{
  readonly quoted: string;
  readonly facts: Pick<SubjectHealth, 'role' | 'isSuperuser' | 'database' | 'versionNum'>;
}> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the context of an instance holds its session
  const { pg } = contextFor(signal) as { readonly pg: PgSession };
  const [who] = await pg.rows<{ role: string; quoted: string; superuser: string; database: string }>(
    `SELECT current_user AS role, quote_ident(current_user) AS quoted, rolsuper AS superuser,
            current_database() AS database
     FROM pg_roles WHERE rolname = current_user`,
    { signal },
  );
  const named = who === undefined ? {} : { role: who.role, isSuperuser: who.superuser === 't', database: who.database };
  return { quoted: who?.quoted ?? '{role}', facts: { ...named, versionNum: pg.versionNum } };
}

function healthOf(probe: AnyProbe, observation: Observation<unknown>, role: string): ProbeHealth {
  const base = { probe: probe.id, privilege: probe.privilege };
  if (observation.status === 'ok') return { ...base, state: 'ok', grants: [] };
  const { code, message } = observation;
  const grants = code === 'permission_denied' ? probe.grants.map((grant) => grant.replaceAll('{role}', role)) : [];
  return { ...base, state: code, message, grants };
}

/** True when every probe of every subject works. */
export const isHealthy = (subjects: readonly SubjectHealth[]): boolean =>
  subjects.every(({ unreachable, probes }) => unreachable === undefined && probes.every(({ state }) => state === 'ok'));

/** Statements to run, each once. Roles and grants replicate, so they are for the primary of the cluster. */
export const missingGrants = (subjects: readonly SubjectHealth[]): readonly string[] => [
  ...new Set(subjects.flatMap(({ probes }) => probes.flatMap(({ grants }) => grants))),
];
