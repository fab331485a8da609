import type { AnyProbe, Probe } from './probe.ts';
import type { probes } from './probes/index.ts';

type AllProbes = (typeof probes)[number];
/** probe id -> value type, derived from the probe list: a new probe is added to `probes/index.ts`, nothing else. */
export type FactMap = {
  readonly [P in AllProbes as P['id']]: P extends Probe<string, infer T, infer _Kind> ? T : never;
};
export type FactId = AllProbes['id'];
export type { AnyProbe };
