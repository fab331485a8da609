import type { RunResult, HttpAnswer } from '../stack-run.ts';
import type { LabStatus } from '../lab-status.ts';
import type { BrokenFault } from '../supervisor/active-faults.ts';

/**
 * What clients ask the supervisor: one line of JSON per connection. It answers with lines: events while it works, then
 * one answer. After the answer to `forward` the connection carries the bytes of the forwarded one.
 */
export interface ControlRequests {
  /** Everything that happened since the start, and what happens until the lab is up or has failed. */
  readonly watch: { readonly params: Record<string, never>; readonly answer: { readonly startedMs: number } };
  /** Somebody is there. */
  readonly ping: { readonly params: Record<string, never>; readonly answer: Record<string, never> };
  readonly status: { readonly params: Record<string, never>; readonly answer: LabStatus };
  readonly down: { readonly params: Record<string, never>; readonly answer: Record<string, never> };
  readonly break: {
    readonly params: { readonly fault: string; readonly target?: string };
    readonly answer: BrokenFault;
  };
  /** All of them, the last one first, when none is named. */
  readonly heal: { readonly params: { readonly fault?: string }; readonly answer: readonly string[] };
  readonly exec: {
    readonly params: {
      readonly host: string;
      readonly argv: readonly [string, ...string[]];
      readonly user?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly input?: string;
      readonly timeoutMs?: number;
    };
    readonly answer: RunResult;
  };
  readonly sql: {
    readonly params: {
      readonly member: string;
      readonly statement: string;
      readonly database?: string;
      readonly timeoutMs?: number;
    };
    readonly answer: readonly (readonly string[])[];
  };
  readonly http: {
    readonly params: {
      readonly url: string;
      readonly method?: string;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly timeoutMs?: number;
    };
    readonly answer: { readonly answer?: HttpAnswer };
  };
  readonly patroni: {
    readonly params: {
      readonly member: string;
      readonly method: string;
      readonly path: string;
      readonly body?: unknown;
    };
    readonly answer: { readonly answer?: HttpAnswer };
  };
  readonly primary: { readonly params: Record<string, never>; readonly answer: { readonly member?: string } };
  readonly daemon: {
    readonly params: {
      readonly id: string;
      readonly action: 'start' | 'stop' | 'signal';
      readonly signal?: string;
      readonly env?: Readonly<Record<string, string>>;
    };
    readonly answer: Record<string, never>;
  };
  readonly forward: {
    readonly params: { readonly host: string; readonly port: number };
    readonly answer: Record<string, never>;
  };
}

export type ControlOperation = keyof ControlRequests;

/** One thing that happened while the lab started. */
export type StartEvent =
  | { readonly kind: 'started'; readonly step: number; readonly title: string; readonly atMs: number }
  | { readonly kind: 'note'; readonly step: number; readonly note: string; readonly atMs: number }
  | { readonly kind: 'done'; readonly step: number; readonly note: string | undefined; readonly atMs: number }
  | { readonly kind: 'failed'; readonly step: number; readonly message: string; readonly atMs: number }
  | { readonly kind: 'up'; readonly atMs: number };

/** A line from the supervisor. */
export type ControlLine =
  | { readonly event: StartEvent }
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };
