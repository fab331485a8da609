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
      load: async () => (await import('@pgattest/lab')).quickstartCommand({ entry }),
    },
    {
      name: 'exporter',
      summary: 'serve metrics to Prometheus',
      commands: [
        {
          name: 'pg',
          summary: 'export the metrics of a PostgreSQL server',
          load: async () => (await import('@pgattest/exporter')).pgExporterCommand,
        },
      ],
    },
    {
      name: 'audit',
      summary: 'check clusters against compliance frameworks',
      commands: [
        auditCommand('run', 'audit clusters now: file the evidence, judge it, write the report'),
        auditCommand('evaluate', 'verify filed evidence and judge it again, offline'),
        auditCommand('explain', 'everything behind one finding'),
        auditCommand('doctor', 'try every probe and print the GRANTs that are missing'),
        auditCommand('serve', 'audit at an interval; verdicts as metrics and pages on :9855'),
      ],
    },
    {
      name: 'generate',
      summary: 'write rules and dashboards from the catalogue',
      load: async () => (await import('@pgattest/monitoring')).generateCommand,
    },
  ];
}
