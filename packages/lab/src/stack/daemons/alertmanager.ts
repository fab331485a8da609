import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import { labPorts, type Topology } from '../topology.ts';
import { findHttpProblem } from './http-ready.ts';
import { monitorPaths } from './paths.ts';
import { renderYaml } from './yaml-text.ts';

/** How long Alertmanager of the lab waits for a cause before it tells: a round of evaluation (10 s) and some. */
export const alertGroupWaitSeconds = 15;

/** Alertmanager, which tells the webhook; it knows the tree of causes. */
export function alertmanagerDaemon(materials: LabMaterials): Daemon {
  const { monitor } = materials.topology;
  const paths = monitorPaths(materials, monitor.name);
  const listen = `${monitor.address}:${labPorts.alertmanager}`;
  return {
    id: `alertmanager@${monitor.name}`,
    component: 'alertmanager',
    host: monitor.name,
    user: 'root',
    argv: [
      materials.programs.alertmanager,
      `--config.file=${paths.alertmanagerConfig}`,
      `--storage.path=${paths.alertmanager}/data`,
      `--web.listen-address=${listen}`,
      // It would look for an address of the machine to gossip on.
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    env: { PATH: materials.path, LANG: 'C.UTF-8' },
    directories: [{ path: paths.alertmanager, mode: 0o700 }],
    files: [
      {
        path: paths.alertmanagerConfig,
        content: renderAlertmanagerConfig(materials.topology, readInhibitRules(materials.rulesDirectory)),
        mode: 0o600,
        owner: 'root',
      },
    ],
    stopMs: 5_000,
    ready: async (run) => findHttpProblem(run, `http://${listen}/-/ready`, 'Alertmanager is not listening yet'),
  };
}

/**
 * One route, a notification per alert and instance. It waits longer than a round of evaluation, so that a cause of
 * another group of rules is there before what it inhibits is told.
 */
export function renderAlertmanagerConfig(
  { monitor }: Pick<Topology, 'monitor'>,
  inhibitRules: readonly unknown[] = [],
): string {
  return renderYaml({
    route: {
      receiver: 'webhook',
      group_by: ['alertname', 'cls', 'ins'],
      group_wait: `${alertGroupWaitSeconds}s`,
      group_interval: '5s',
      repeat_interval: '4h',
    },
    receivers: [
      {
        name: 'webhook',
        webhook_configs: [
          { url: `http://${monitor.address}:${labPorts.webhook}/`, send_resolved: true, max_alerts: 0 },
        ],
      },
    ],
    ...(inhibitRules.length === 0 ? {} : { inhibit_rules: inhibitRules }),
  });
}

/** The tree of causes that is generated beside the rules; empty where there is none. Errors: not readable, no YAML. */
function readInhibitRules(rulesDirectory: string | undefined): readonly unknown[] {
  if (rulesDirectory === undefined) return [];
  const file = `${rulesDirectory}/alertmanager/inhibit-rules.yml`;
  if (!existsSync(file)) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- generated; Alertmanager judges each rule
  const { inhibit_rules: rules } = parse(readFileSync(file, 'utf8')) as { readonly inhibit_rules: readonly unknown[] };
  return rules;
}
