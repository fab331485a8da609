import type { HttpTarget, PgTarget } from '@pgattest/connect';
import type { NodePaths } from '../node/paths.ts';
import type { ProbeContexts } from '../probe-contexts.ts';
import type { ComponentKind, Subject, SubjectKind } from './subjects.ts';

/** How a subject is looked at. Holds Secrets; never leaves the process. */
export type ComponentTarget =
  | { readonly kind: 'cluster'; readonly subject: Subject; readonly context: ProbeContexts['cluster'] }
  | {
      readonly kind: 'instance' | 'pgbouncer';
      readonly subject: Subject;
      readonly target: PgTarget;
      /** Instances only: the central store of their logs. */
      readonly logs?: HttpTarget;
    }
  | { readonly kind: 'patroni'; readonly subject: Subject; readonly context: ProbeContexts['patroni'] }
  | { readonly kind: 'etcd'; readonly subject: Subject; readonly context: ProbeContexts['etcd'] }
  | { readonly kind: 'haproxy'; readonly subject: Subject; readonly context: ProbeContexts['haproxy'] }
  | { readonly kind: 'monitoring'; readonly subject: Subject; readonly context: ProbeContexts['monitoring'] }
  | { readonly kind: 'records'; readonly subject: Subject; readonly context: ProbeContexts['records'] }
  | { readonly kind: 'node'; readonly subject: Subject; readonly source: NodeSource }
  /** Expected, and nobody said how to reach it: every fact of its kind is unavailable. */
  | { readonly kind: 'undeclared'; readonly of: ComponentKind; readonly subject: Subject; readonly message: string };

/** Where the facts of a host come from. `host` is the name a shipped file must bear. */
export type NodeSource =
  | { readonly from: 'local'; readonly host: string; readonly paths: NodePaths }
  | { readonly from: 'file'; readonly host: string; readonly file: string; readonly maxAgeMs: number };

/** Kind of the facts that a target has. */
export const kindOfTarget = (target: ComponentTarget): SubjectKind =>
  target.kind === 'undeclared' ? target.of : target.kind;
