import { ConnectError, describePgTarget, resolvePgTarget, type PgTarget } from '@pgattest/connect';
import { RuntimeError } from '@pgattest/runtime';
import type { Subject } from './subjects.ts';

/** A cluster as it is declared: what is audited, and how to reach it. */
export interface DeclaredCluster {
  readonly name: string;
  readonly instances: readonly {
    readonly name: string;
    /** URL or keyword form; the password comes from a passfile or the environment. */
    readonly dsn: string;
  }[];
}

export interface Instance {
  readonly subject: Subject;
  /** Holds a Secret; never leaves the process. */
  readonly target: PgTarget;
}

export interface Inventory {
  readonly cluster: string;
  /** The cluster itself, then its instances in declared order. */
  readonly subjects: readonly Subject[];
  readonly instances: readonly Instance[];
}

/**
 * Turns a declaration into subjects and targets; opens no connection. What the cluster itself says about its members is
 * compared with the declaration afterwards, from the evidence (`reconcile`).
 * Errors: RuntimeError config_invalid naming the instance.
 */
export async function discover(
  declared: DeclaredCluster,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Inventory> {
  const instances = await Promise.all(
    declared.instances.map(async ({ name, dsn }): Promise<Instance> => {
      const target = await resolve(name, dsn, env);
      const connect = describePgTarget(target);
      return { subject: { id: name, kind: 'instance', cluster: declared.name, connect }, target };
    }),
  );
  refuseOneServerTwice(instances);
  const cluster: Subject = { id: declared.name, kind: 'cluster', cluster: declared.name };
  return { cluster: declared.name, subjects: [cluster, ...instances.map(({ subject }) => subject)], instances };
}

/** Two names for one address would count one server as two members. */
function refuseOneServerTwice(instances: readonly Instance[]): void {
  const addressOf = ({ target }: Instance): string => `${target.host}:${target.port}`;
  for (const [index, instance] of instances.entries()) {
    const first = instances.findIndex((other) => addressOf(other) === addressOf(instance));
    const other = instances[first];
    if (first === index || other === undefined) continue;
    throw new RuntimeError(
      'config_invalid',
      `instances ${other.subject.id} and ${instance.subject.id} are the same server, ${addressOf(instance)}; declare each member once`,
    );
  }
}

async function resolve(
  name: string,
  dsn: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PgTarget> {
  try {
    return await resolvePgTarget(dsn, { env });
  } catch (cause) {
    if (!(cause instanceof ConnectError)) throw cause;
    throw new RuntimeError('config_invalid', `dsn of instance ${name}: ${cause.message}`, { cause });
  }
}
