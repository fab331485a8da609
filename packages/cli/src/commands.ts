import { RuntimeError, type CommandEntry, type CommandSpec } from '@pgattest/runtime';

/** A `pgattest audit` sub-command: its row stands here so that `--help` need not load the auditor; a test compares. */
function auditCommand(name: string, summary: string): CommandEntry {
  return {
    name,
    summary,
    async load(): Promise<CommandSpec> {
      const { auditCommands } = await import('@pgattest/audit');
      const entry = auditCommands.find((command) => command.name === name);
      if (entry === undefined || !('load' in entry)) {
        throw new RuntimeError('usage', `the auditor has no command ${name}; reinstall pgattest`);
      }
      return entry.load();
    },
  };
}

/**
 * Every sub-command of `pgattest`, loaded when it is run. `entry` is the script of the command itself: the quickstart
 * starts the other programs with it.
 */
export function commandsOf(entry: string): readonly CommandEntry[] {
  return [
    {
      name: 'quickstart',
      summary: 'start a demo PostgreSQL cluster, monitor it, audit it and say where to look',
      async load() {
        const { quickstartCommand } = await import('@pgattest/lab');
        const { probes } = await import('@pgattest/audit');
        return quickstartCommand({ entry, auditorGrants: [...new Set(probes.flatMap(({ grants }) => grants))] });
      },
    },
    {
      name: 'exporter',
      summary: 'serve metrics to Prometheus',
      commands: [
        {
          name: 'pg',
          summary: 'export the metrics of a PostgreSQL server',
          load: async () => (await import('@pgattest/exporter')).pgExporterCommand,
          commands: [
            {
              name: 'lint',
              summary: 'check collector files, and with --dsn their SQL against a server',
              load: async () => (await import('@pgattest/exporter')).lintCommand,
            },
            {
              name: 'dump',
              summary: "print the built-in collectors in pg_exporter's YAML format",
              load: async () => (await import('@pgattest/exporter')).dumpCommand,
            },
          ],
        },
      ],
    },
    {
      name: 'audit',
      summary: 'check clusters against compliance frameworks',
      commands: [
        auditCommand('run', 'audit the configured clusters and write evidence and reports'),
        auditCommand('evaluate', 'evaluate saved evidence again, offline'),
        auditCommand('explain', 'explain a finding'),
        auditCommand('doctor', 'say which privileges the auditor lacks'),
        auditCommand('serve', 'audit at an interval and serve reports and metrics'),
      ],
    },
    {
      name: 'generate',
      summary: 'write rules and dashboards from the catalogue',
      load: async () => (await import('@pgattest/monitoring')).generateCommand,
    },
  ];
}
