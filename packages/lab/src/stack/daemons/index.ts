import type { Daemon } from '../daemon.ts';
import type { LabMaterials } from '../materials.ts';
import type { StartPlan, StartStep, StartTask } from '../plan.ts';
import { alertmanagerDaemon } from './alertmanager.ts';
import { auditorDaemon } from './auditor.ts';
import { etcdAccessTask } from './etcd-access.ts';
import { etcdDaemons } from './etcd.ts';
import { exporterDaemons } from './exporters.ts';
import { haproxyDaemon } from './haproxy.ts';
import { planTimersTask } from './patroni-tasks.ts';
import { patroniDaemon } from './patroni.ts';
import { backupTasks } from './pgbackrest.ts';
import { pgbouncerDaemon } from './pgbouncer.ts';
import { firstScrapeTask } from './scrape-targets.ts';
import { victoriaMetricsDaemon } from './victoria-metrics.ts';
import { vmalertDaemon } from './vmalert.ts';
import { webhookDaemon } from './webhook.ts';

/** A start takes a fraction of this on an idle machine; a busy one with two cores has been seen to need half. */
const limits = { etcd: 60_000, member: 120_000, all: 180_000 } as const;

/** From nothing to healthy, for the options of the topology. */
export function startPlanOf(materials: LabMaterials): StartPlan {
  const { topology } = materials;
  const { options, members, standbyMembers } = topology;
  const [first, ...others] = members;
  const [leader, ...cascading] = standbyMembers;
  const patroni = (member: (typeof members)[number]): Daemon => patroniDaemon(materials, member);
  return [
    step('etcd', limits.etcd, etcdDaemons(materials), [etcdAccessTask(materials)]),
    // Alone first: members that start together race for the initialisation, and who loses waits a whole loop.
    step(`primary ${first?.name ?? ''}`, limits.member, first === undefined ? [] : [patroni(first)]),
    step(
      'replicas, PgBouncer and HAProxy',
      limits.all,
      [
        ...others.map(patroni),
        ...members.map((member) => pgbouncerDaemon(materials, member)),
        haproxyDaemon(materials),
        // Early: the rules need it, and it sees the rest come.
        ...(options.monitoring ? [victoriaMetricsDaemon(materials), alertmanagerDaemon(materials)] : []),
      ],
      options.backup ? backupTasks(materials) : [],
    ),
    ...(leader === undefined
      ? []
      : [
          step(`standby cluster ${leader.cluster}`, limits.member, [patroni(leader)]),
          step('cascading replica', limits.all, [
            ...cascading.map(patroni),
            ...standbyMembers.map((member) => pgbouncerDaemon(materials, member)),
          ]),
        ]),
    ...(options.monitoring ? [monitoringStep(materials)] : []),
    step('timers', 1_000, [], [planTimersTask(materials)]),
  ];
}

function step(title: string, readyMs: number, daemons: readonly Daemon[], tasks: readonly StartTask[] = []): StartStep {
  return { title, readyMs, daemons, tasks };
}

function monitoringStep(materials: LabMaterials): StartStep {
  const { topology, rulesDirectory } = materials;
  const members = [...topology.members, ...topology.standbyMembers];
  return step(
    'monitoring',
    limits.all,
    [
      webhookDaemon(materials),
      ...(rulesDirectory === undefined ? [] : [vmalertDaemon(materials, rulesDirectory)]),
      ...members.flatMap((member) => exporterDaemons(materials, member)),
      auditorDaemon(materials),
    ],
    [firstScrapeTask],
  );
}
