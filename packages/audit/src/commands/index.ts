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
    name: 'verify',
    summary: 'verify the chain, the signatures and the evidence of every run',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  {
    name: 'history',
    summary: 'show which findings appeared, went and came back',
    load: async () => (await import('./history.ts')).historyCommand,
  },
  {
    name: 'period',
    summary: 'report on a period: controls day by day, populations, findings, samples',
    load: async () => (await import('./period.ts')).periodCommand,
  },
  {
    name: 'reevaluate',
    summary: "judge a filed run by today's rules and record that",
    load: async () => (await import('./reevaluate.ts')).reevaluateCommand,
  },
  {
    name: 'attest',
    summary: 'record what a person confirms, or list what there is',
    load: async () => (await import('./attest.ts')).attestCommand,
  },
  {
    name: 'keygen',
    summary: 'make the key that runs and attestations are signed with',
    load: async () => (await import('./keygen.ts')).keygenCommand,
  },
  {
    name: 'framework-schema',
    summary: 'print the JSON Schema of framework files',
    load: async () => (await import('./framework-schema.ts')).frameworkSchemaCommand,
  },
  {
    name: 'report-schema',
    summary: 'print the JSON Schema of report.json or period.json',
    load: async () => (await import('./report-schema.ts')).reportSchemaCommand,
  },
  {
    name: 'doctor',
    summary: 'say which privileges the auditor lacks',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'collect-node',
    summary: 'look at this host and write its facts for the auditor',
    load: async () => (await import('./collect-node.ts')).collectNodeCommand,
  },
  {
    name: 'serve',
    summary: 'audit at an interval and serve reports and metrics',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
];
