import { attestations } from './attestations/index.ts';
import { checks } from './checks/index.ts';
import type { Rules } from './assess.ts';
import { frameworks } from './frameworks/index.ts';
import type { AnyProbe } from './probe.ts';
import { probes } from './probes/index.ts';

/** What exists: probes, checks and frameworks. */
export interface AuditRules extends Rules {
  readonly probes: readonly AnyProbe[];
}

/** Everything of this version. */
export const auditRules: AuditRules = Object.freeze({ probes, checks, frameworks, attestations });
