import {
  ConnectError,
  openPgbouncerConsole,
  openPgSession,
  type LoginMemory,
  type PgSession,
  type PgTarget,
} from '@pgattest/connect';
import type { ComponentTarget } from '../inventory/component-target.ts';
import { openLocalNode } from './node-source.ts';

/** Bounds of a session. */
export interface OpenBounds {
  readonly connectTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly signal: AbortSignal;
  /** What the logins of this audit share. */
  readonly logins: LoginMemory;
}

/** What the probes of one subject look with. */
export interface OpenTarget {
  /** What a probe gets; the signal is that probe's. */
  readonly contextFor: (signal: AbortSignal) => object;
  /** False once a session is gone: close this and open another. */
  readonly usable: () => boolean;
  readonly close: () => Promise<void>;
}

/** A target that is looked at by probes: not one that nobody declared, and no file of facts. */
export type LiveTarget = Exclude<ComponentTarget, { readonly kind: 'undeclared' }>;

/** Opens what the probes of a subject share. Errors: ConnectError. */
// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
export async function openTarget(target: LiveTarget, bounds: OpenBounds): Promise<OpenTarget> {
  switch (target.kind) {
    case 'instance': {
      const pg = await openAuditSession(target.target, bounds);
      const context = { pg, target: target.target, logs: target.logs, logins: bounds.logins };
      return { contextFor: () => context, usable: () => pg.usable, close: () => pg.close() };
    }
    case 'pgbouncer': {
      const options = { connectTimeoutMs: bounds.connectTimeoutMs, applicationName: 'pgattest audit' };
      const session = await openPgbouncerConsole(target.target, options, bounds.signal);
      const context = { console: session, target: target.target };
      return { contextFor: () => context, usable: () => session.usable, close: () => session.close() };
    }
    case 'node': {
      if (target.source.from === 'file') {
        throw new ConnectError('config_invalid', `facts of ${target.source.host} are read from a file`);
      }
      const { source } = target;
      return standing((signal) => ({ node: openLocalNode(source, signal) }));
    }
    case 'cluster':
    case 'patroni':
    case 'etcd':
    case 'haproxy':
    case 'monitoring':
    case 'records': {
      const { context } = target;
      return standing(() => context);
    }
  }
}

/** Each probe opens its own connections: there is nothing to lose or to close. */
const standing = (contextFor: OpenTarget['contextFor']): OpenTarget => ({
  contextFor,
  usable: () => true,
  close: async () => undefined,
});

/** A session as the auditor uses it: read-only, guarded on the server's side too. Errors: ConnectError. */
export function openAuditSession(target: PgTarget, bounds: OpenBounds): Promise<PgSession> {
  return openPgSession(
    target,
    {
      connectTimeoutMs: bounds.connectTimeoutMs,
      statementTimeoutMs: bounds.probeTimeoutMs,
      lockTimeoutMs: bounds.lockTimeoutMs,
      applicationName: 'pgattest audit',
      logins: bounds.logins,
    },
    bounds.signal,
  );
}
