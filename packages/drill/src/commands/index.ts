import type { CommandEntry } from '@pgattest/runtime';

/** The sub-commands of `pgattest drill`, loaded when they run. */
export const drillCommands: readonly CommandEntry[] = [
  {
    name: 'restore',
    summary: 'restore a backup of each repository as another instance, check it and certify what it took',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  {
    name: 'pitr',
    summary: 'recover a backup of each repository to a moment, check that it is that moment, and certify it',
    load: async () => (await import('./restore.ts')).pitrCommand,
  },
  {
    name: 'backup-check',
    summary: 'read every backup and every WAL segment of the repositories and certify them',
    load: async () => (await import('./backup-check.ts')).backupCheckCommand,
  },
  {
    name: 'switchover',
    summary: 'hand the primary role over through Patroni, measure the outage and count lost rows',
    load: async () => (await import('./role-change.ts')).switchoverCommand,
  },
  {
    name: 'failover',
    summary: 'promote a member through Patroni without asking the primary, measure the outage and count lost rows',
    load: async () => (await import('./role-change.ts')).failoverCommand,
  },
  {
    name: 'alert',
    summary: 'send one alert through Alertmanager and measure when somebody is told',
    load: async () => (await import('./alert.ts')).alertCommand,
  },
  {
    name: 'keygen',
    summary: 'make the key that certificates are signed with, and its public half beside it',
    load: async () => (await import('./keygen.ts')).keygenCommand,
  },
  {
    name: 'verify',
    summary: 'verify the signature of a certificate and the hashes of its evidence',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
];
