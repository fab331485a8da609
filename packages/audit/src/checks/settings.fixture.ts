import type { Observation } from '../probe.ts';
import type { FactMap } from '../facts.ts';
import type { InstanceContext, Verdict } from '../check.ts';

/** A pg.settings fact of version 18 with these values from the configuration file. */
export function settingsFact(
  values: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, { readonly source?: string; readonly pendingRestart?: boolean }>> = {},
): FactMap['pg.settings'] {
  const all = { server_version_num: '180004', ...values };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      { value, unit: null, source: 'configuration file', pendingRestart: false, ...overrides[name] },
    ]),
  );
}

/** When and where the fixtures were seen. */
export const seenAt: InstanceContext = {
  subject: 'pg-test-1',
  cluster: 'pg-test',
  at: '2026-11-21T12:00:00.000Z',
};

/** A fact that was read. */
export const ok = <T>(value: T): Observation<T> => ({ status: 'ok', at: seenAt.at, value });

/** A member that did not answer. */
export const unreachable: Observation<never> = {
  status: 'unavailable',
  at: seenAt.at,
  code: 'unreachable',
  message: 'connection refused',
};

/** `at=actual` of every piece of evidence, with the subject in front in cluster checks. */
export const evidenceLines = (verdict: Verdict): readonly string[] =>
  verdict.evidence.map((item) => `${item.subject === undefined ? '' : `${item.subject} `}${item.at}=${item.actual}`);
