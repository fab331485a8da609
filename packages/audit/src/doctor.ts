import { ConnectError, type PgSession } from '@pgattest/connect';
import { observe, openAuditSession } from './collect.ts';
import type { Instance } from './inventory/discover.ts';
import type { AnyProbe, UnavailableCode } from './probe.ts';
import type { AuditSettings } from './settings.ts';

/** One probe tried for real on one instance. */
export interface ProbeHealth {
  readonly probe: string;
  readonly privilege: string;
  readonly state: 'ok' | UnavailableCode;
  /** Why, when it is not ok. */
  readonly message?: string;
  /** Statements that give this role what the probe needs; only when the server refused. */
  readonly grants: readonly string[];
}

/** What the auditor's role can do on one instance. */
export interface InstanceHealth {
  readonly instance: string;
  /** Absent when the instance could not be entered. */
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

/** Runs every probe on an instance and says which privileges are missing. Rejects only when interrupted. */
export async function examine(instance: Instance, options: DoctorOptions): Promise<InstanceHealth> {
  const bounds = { ...options.settings, signal: options.signal, now: options.now };
  let session: PgSession | undefined;
  try {
    session = await openAuditSession(instance, bounds);
    const [who] = await session.rows<{ role: string; quoted: string; superuser: string; database: string }>(
      `SELECT current_user AS role, quote_ident(current_user) AS quoted, rolsuper AS superuser,
              current_database() AS database
       FROM pg_roles WHERE rolname = current_user`,
      { signal: options.signal },
    );
    const probes: ProbeHealth[] = [];
    for (const probe of options.probes) {
      if (!session.usable) {
        await session.close();
        session = await openAuditSession(instance, bounds);
      }
      probes.push(await examineProbe(probe, instance, session, who?.quoted ?? '{role}', bounds));
    }
    return {
      instance: instance.subject.id,
      ...(who === undefined ? {} : { role: who.role, isSuperuser: who.superuser === 't', database: who.database }),
      versionNum: session.versionNum,
      probes,
    };
  } catch (cause) {
    options.signal.throwIfAborted();
    if (!(cause instanceof ConnectError)) throw cause;
    return { instance: instance.subject.id, unreachable: { code: cause.code, message: cause.message }, probes: [] };
  } finally {
    await session?.close().catch(() => undefined);
  }
}

async function examineProbe(
  probe: AnyProbe,
  instance: Instance,
  session: PgSession,
  role: string,
  bounds: Parameters<typeof observe>[3],
): Promise<ProbeHealth> {
  const observation = await observe(probe, instance, session, bounds);
  const base = { probe: probe.id, privilege: probe.privilege };
  if (observation.status === 'ok') return { ...base, state: 'ok', grants: [] };
  const { code, message } = observation;
  const grants = code === 'permission_denied' ? probe.grants.map((grant) => grant.replaceAll('{role}', role)) : [];
  return { ...base, state: code, message, grants };
}

/** True when every probe of every instance works. */
export const isHealthy = (instances: readonly InstanceHealth[]): boolean =>
  instances.every(
    ({ unreachable, probes }) => unreachable === undefined && probes.every(({ state }) => state === 'ok'),
  );

/** Statements to run, each once. Roles and grants replicate, so they are for the primary of the cluster. */
export const missingGrants = (instances: readonly InstanceHealth[]): readonly string[] => [
  ...new Set(instances.flatMap(({ probes }) => probes.flatMap(({ grants }) => grants))),
];
