import type { CommandEntry } from '@pgattest/runtime';

/** The sub-commands of `pgattest audit`. */
export const auditCommands: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'audit the configured clusters and write evidence and reports',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'evaluate',
    summary: 'evaluate saved evidence again, offline',
    load: async () => (await import('./evaluate.ts')).evaluateCommand,
  },
  {
    name: 'explain',
    summary: 'explain a finding',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'doctor',
    summary: 'say which privileges the auditor lacks',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'serve',
    summary: 'audit at an interval and serve reports and metrics',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
];
