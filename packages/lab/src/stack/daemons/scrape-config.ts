import { labPorts, type LabHost, type Topology } from '../topology.ts';
import { exporterPorts } from './exporters.ts';
import { renderYaml } from './yaml-text.ts';

/**
 * Scrape configuration with Pigsty's jobs and labels: `cls`, `ins` and `ip` come from here, as for every user of Pigsty;
 * `instance` is `ip:port`.
 */
export function renderScrapeConfig(topology: Topology): string {
  const { monitor } = topology;
  const members = [...topology.members, ...topology.standbyMembers];
  const ofMembers = members.flatMap((member) =>
    [labPorts.patroni, ...exporterPorts(topology, member)].map((port) =>
      target(member, port, { cls: member.cluster, ins: member.name }),
    ),
  );
  return renderYaml({
    global: { scrape_interval: '2s', scrape_timeout: '2s' },
    scrape_configs: [
      job('pgsql', '2s', ofMembers),
      job(
        'etcd',
        '2s',
        topology.etcd.map((host) => target(host, labPorts.etcdMetrics, { cls: 'etcd', ins: host.name })),
      ),
      job('node', '2s', [target(monitor, labPorts.haproxy, { cls: 'infra', ins: monitor.name })]),
      // Its series carry the cluster they are about.
      job('pgattest-audit', '5s', [target(monitor, labPorts.auditor, {})]),
      job(
        'infra',
        '5s',
        [labPorts.victoriaMetrics, labPorts.vmalert, labPorts.alertmanager].map((port) =>
          target(monitor, port, { cls: 'infra', ins: monitor.name }),
        ),
      ),
    ],
  });
}

function target(host: LabHost, port: number, labels: Readonly<Record<string, string>>): unknown {
  return { targets: [`${host.address}:${port}`], labels: { ...labels, ip: host.address } };
}

function job(name: string, interval: string, targets: readonly unknown[]): unknown {
  return { job_name: name, scrape_interval: interval, scrape_timeout: interval, static_configs: targets };
}
