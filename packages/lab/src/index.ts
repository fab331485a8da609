export * from './cluster/admin.ts';
export * from './cluster/demo-cluster.ts';
export * from './cluster/demo-node.ts';
export * from './cluster/start-demo-cluster.ts';
export * from './cluster/writer.ts';
export * from './errors.ts';
export * from './pki/authority.ts';
export * from './process/ports.ts';
export * from './process/process-table.ts';
export * from './process/wait.ts';
export { quickstartCommand, type QuickstartPrograms } from './quickstart/command.ts';
export { labCommands, type LabCommandSite } from './stack/commands/index.ts';
export {
  findOutage,
  isWritingSince,
  lossOf,
  parseLsn,
  type Attempt,
  type Loss,
  type Outage,
} from './stack/client/attempt.ts';
export { canaryTableSql, startLabWriter, type LabWriter, type LabWriterTarget } from './stack/client/lab-writer.ts';
export { worstCaseOf, type WorstCase } from './stack/client/worst-case.ts';
export { clusterHealth } from './stack/faults/steps/cluster-health.ts';
export { rtoPlans, type RtoPlan } from './stack/rto-plans.ts';
export type { BrokenFault } from './stack/supervisor/active-faults.ts';
export { faults } from './stack/faults/index.ts';
export type { Fault } from './stack/fault.ts';
export { attachLab, type Lab, type LabDaemon } from './stack/lab.ts';
export type { LabStatus } from './stack/lab-status.ts';
export { processesOf, type LabProcess } from './stack/sweep.ts';
export type { LabOptions } from './stack/options.ts';
export { startLab, type StartLabSite } from './stack/start-lab.ts';
export { labPorts, type LabHost, type LabMember, type Topology } from './stack/topology.ts';
