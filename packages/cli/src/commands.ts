import { loadInSmallHeap, loadService, RuntimeError, type CommandEntry, type CommandSpec } from '@pgattest/runtime';

/** A `pgattest audit` sub-command: its row stands here so that `--help` need not load the auditor; a test compares. */
function auditCommand(name: string, summary: string): CommandEntry {
  return {
    name,
    summary,
    load: () =>
      loadInSmallHeap(async (): Promise<CommandSpec> => {
        const { auditCommands } = await import('@pgattest/audit');
        const entry = auditCommands.find((command) => command.name === name);
        if (entry === undefined || !('load' in entry)) {
          throw new RuntimeError('usage', `the auditor has no command ${name}; reinstall pgattest`);
        }
        return entry.load();
      }),
  };
}

/** A `pgattest lab` sub-command: its row stands here so that `--help` need not load the lab; a test compares. */
function labCommand(entry: string, name: string, summary: string): CommandEntry {
  return {
    name,
    summary,
    async load(): Promise<CommandSpec> {
      const { labCommands } = await import('@pgattest/lab');
      // Only the supervisor makes roles; the others need not wait until the auditor is loaded.
      const grants = name === 'supervise' ? await auditorGrants() : [];
      const command = labCommands({ entry, auditorGrants: grants }).find((one) => one.name === name);
      if (command === undefined) throw new RuntimeError('usage', `the lab has no command ${name}; reinstall pgattest`);
      return command;
    },
  };
}

/** What the role of the auditor is granted in clusters of our own. */
async function auditorGrants(): Promise<readonly string[]> {
  const { probes } = await import('@pgattest/audit');
  return [...new Set(probes.flatMap(({ grants }) => grants))];
}

/** A `pgattest drill` sub-command, in the same way. */
function drillCommand(name: string, summary: string): CommandEntry {
  return {
    name,
    summary,
    async load(): Promise<CommandSpec> {
      const { drillCommands } = await import('@pgattest/drill');
      const entry = drillCommands.find((command) => command.name === name);
      if (entry === undefined || !('load' in entry)) {
        throw new RuntimeError('usage', `there is no drill ${name}; reinstall pgattest`);
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
        return quickstartCommand({ entry, auditorGrants: await auditorGrants() });
      },
    },
    {
      name: 'exporter',
      summary: 'serve metrics to Prometheus',
      commands: [
        {
          name: 'pg',
          summary: 'export the metrics of a PostgreSQL server',
          load: () => loadService(async () => (await import('@pgattest/exporter')).pgExporterCommand),
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
        {
          name: 'pgbouncer',
          summary: 'export the metrics of a PgBouncer',
          load: () => loadService(async () => (await import('@pgattest/exporter')).pgbouncerExporterCommand),
        },
        {
          name: 'backrest',
          summary: 'export the metrics of pgBackRest repositories',
          load: () => loadService(async () => (await import('@pgattest/exporter')).backrestExporterCommand),
        },
      ],
    },
    {
      name: 'agent',
      summary: 'serve all exporters of a node from one process',
      load: () => loadService(async () => (await import('@pgattest/exporter')).agentCommand),
    },
    {
      name: 'audit',
      summary: 'check clusters against compliance frameworks',
      commands: [
        auditCommand('run', 'audit the configured clusters and write evidence and reports'),
        auditCommand('evaluate', 'evaluate saved evidence again, offline'),
        auditCommand('explain', 'explain a finding'),
        auditCommand('verify', 'verify the chain, the signatures and the evidence of every run'),
        auditCommand('history', 'show which findings appeared, went and came back'),
        auditCommand('period', 'report on a period: controls day by day, populations, findings, samples'),
        auditCommand('reevaluate', "judge a filed run by today's rules and record that"),
        auditCommand('attest', 'record what a person confirms, or list what there is'),
        auditCommand('keygen', 'make the key that runs and attestations are signed with'),
        auditCommand('framework-schema', 'print the JSON Schema of framework files'),
        auditCommand('report-schema', 'print the JSON Schema of report.json or period.json'),
        auditCommand('doctor', 'say which privileges the auditor lacks'),
        auditCommand('collect-node', 'look at this host and write its facts for the auditor'),
        auditCommand('serve', 'audit at an interval and serve reports and metrics'),
      ],
    },
    {
      name: 'lab',
      summary: 'run and break a real high-availability cluster on this machine',
      commands: [
        labCommand(entry, 'up', 'start a real cluster: etcd, Patroni, PgBouncer, HAProxy, backups, monitoring'),
        labCommand(entry, 'status', 'show hosts, processes, members, backups and what is broken'),
        labCommand(entry, 'break', 'break something in a lab, and say what must happen'),
        labCommand(entry, 'heal', 'undo what lab break did, and wait until the cluster is well'),
        labCommand(entry, 'sql', 'run SQL on a member of a lab as the superuser'),
        labCommand(entry, 'exec', 'run a program on a host of a lab'),
        labCommand(entry, 'collect', "collect the facts of a lab's hosts for its auditor"),
        labCommand(entry, 'logs', 'print the last lines of what a process of a lab logged'),
        labCommand(entry, 'forward', 'open ports on 127.0.0.1 that lead into a lab, until Ctrl-C'),
        labCommand(entry, 'down', 'end a lab and remove everything of it, also after a crash'),
        labCommand(entry, 'supervise', 'run the processes of a lab (lab up starts it)'),
        labCommand(entry, 'webhook', 'keep the notifications of Alertmanager in a file (the lab starts it)'),
      ],
    },
    {
      name: 'drill',
      summary: 'restore, switch over, fail over and alert on purpose, measured and certified',
      commands: [
        drillCommand(
          'restore',
          'restore a backup of each repository as another instance, check it and certify what it took',
        ),
        drillCommand(
          'pitr',
          'recover a backup of each repository to a moment, check that it is that moment, and certify it',
        ),
        drillCommand('backup-check', 'read every backup and every WAL segment of the repositories and certify them'),
        drillCommand(
          'switchover',
          'hand the primary role over through Patroni, measure the outage and count lost rows',
        ),
        drillCommand(
          'failover',
          'promote a member through Patroni without asking the primary, measure the outage and count lost rows',
        ),
        drillCommand('alert', 'send one alert through Alertmanager and measure when somebody is told'),
        drillCommand('keygen', 'make the key that certificates are signed with, and its public half beside it'),
        drillCommand('verify', 'verify the signature of a certificate and the hashes of its evidence'),
      ],
    },
    {
      name: 'dashboards',
      summary: 'write the dashboards of Grafana for a site',
      load: async () => (await import('@pgattest/monitoring')).dashboardsCommand,
      commands: [
        {
          name: 'check',
          summary: 'run every query of every panel and print those without data',
          load: async () => (await import('@pgattest/monitoring')).dashboardsCheckCommand,
        },
        {
          name: 'preview',
          summary: 'draw the dashboards from live data without Grafana, a page each',
          load: async () => (await import('@pgattest/monitoring')).dashboardsPreviewCommand,
        },
      ],
    },
    {
      name: 'rules',
      summary: 'write alert and recording rules for a site',
      load: async () => (await import('@pgattest/monitoring')).rulesCommand,
    },
    {
      name: 'generate',
      summary: 'write rules and dashboards from the catalogue',
      load: async () => (await import('@pgattest/monitoring')).generateCommand,
    },
  ];
}
