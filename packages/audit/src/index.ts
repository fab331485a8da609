export * from './check.ts';
export * from './finding.ts';
export * from './framework.ts';
export * from './inventory/subjects.ts';
export * from './probe.ts';
export * from './snapshot.ts';
export * from './text.ts';
export { checks, type CheckId } from './checks/index.ts';
export { probes } from './probes/index.ts';
