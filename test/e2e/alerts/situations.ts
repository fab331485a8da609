import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { labPorts, startLabWriter, type Lab, type LabMember } from '@pgattest/lab';
import type { Scenario } from '@pgattest/monitoring';
import { poll, type HaLab } from '../ha/ha-lab.ts';

/** Situations that panels are declared for and that no fault with an alert of its own makes. */
export const madeSituations: readonly Scenario[] = [
  'backup-scheduled',
  'backup-verified',
  'before-postgresql-17',
  'collector-failing',
  'drill-done',
  'pooled-load',
  'vip-held',
  'vip-probed',
];

const entry = new URL('../../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

/** Makes all of them at once and calls `look` while they hold. `directory` is empty and open to PostgreSQL's account. */
export async function withSituations(ha: HaLab, directory: string, look: () => Promise<void>): Promise<void> {
  const { lab } = ha;
  const member = getPrimary(lab, await lab.findPrimary());
  const writer = startLabWriter('alerts-panels', { ...ha.target, everyMs: 200 });
  const collector = failCollector(lab, member.name);
  try {
    await collector.fail();
    await drillRestore(lab, member.name, directory);
    const exporter = startExporter(lab, member, directory);
    await importAssurance(lab, member);
    await importVip(lab, member);
    await look();
    await exporter;
  } finally {
    await collector.mend();
    await writer.stop();
  }
}

function getPrimary(lab: Lab, name: string | undefined): LabMember {
  const member = lab.topology.members.find((one) => one.name === name);
  if (member === undefined) throw new Error('the lab has no primary');
  return member;
}

/** A privilege of the monitoring role is taken away: the collector that needs it fails on every member. */
function failCollector(lab: Lab, primary: string): { fail(): Promise<void>; mend(): Promise<void> } {
  const run = async (statement: string): Promise<void> => {
    await lab.sql(primary, statement);
  };
  return {
    fail: async () => run('REVOKE EXECUTE ON FUNCTION pg_ls_waldir() FROM pg_monitor'),
    mend: async () => run('GRANT EXECUTE ON FUNCTION pg_ls_waldir() TO pg_monitor'),
  };
}

/** A restore drill from the first repository, certified. */
async function drillRestore(lab: Lab, member: string, directory: string): Promise<void> {
  const drill = async (...args: readonly string[]): Promise<void> => {
    const argv = [process.execPath, entry, 'drill', ...args] as const;
    const { code, stdout, stderr } = await lab.exec(member, [...argv], { timeoutMs: 300_000 });
    if (code !== 0) throw new Error(`drill ${args.join(' ')} ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
  };
  const [key, scratch] = [join(directory, 'drill.key'), join(directory, 'scratch')];
  mkdirSync(scratch, { mode: 0o755 });
  await drill('keygen', '--key', key);
  const backup = { '--config': configOf(lab, member), '--stanza': lab.topology.options.cluster, '--repo': '1' };
  const certificate = { '--key': key, '--out': join(directory, 'drills'), '--approve': 'CHG-1' };
  const options = Object.entries({ ...backup, '--scratch': scratch, ...certificate }).flat();
  await drill('restore', ...options, '--quiet');
}

const configOf = (lab: Lab, member: string): string => join(lab.directory, member, 'pgbackrest.conf');
/** Beside that of the lab, which knows no schedule, no drills, and never verifies. */
const exporterPort = labPorts.pgbackrestExporter + 100;
const exporterMs = 90_000;

/** An exporter with all that a site can tell it; it is ended after a while. */
async function startExporter(lab: Lab, { name, address }: LabMember, directory: string): Promise<void> {
  const schedule = join(directory, 'schedule.yml');
  // Due once a year, and so made: nobody is to be paged.
  writeFileSync(schedule, 'stanzas: { "*": [{ type: full, cron: "0 0 1 1 *", grace: 1h }] }\n');
  const flags = Object.entries({
    'backrest.user': 'postgres',
    'backrest.config': configOf(lab, name),
    'collect.interval': '10s',
    'verify.interval': '1h',
    'schedule.file': schedule,
    'drill.certificates': join(directory, 'drills'),
    'web.listen-address': `${address}:${exporterPort}`,
  }).map(([flag, value]) => `--${flag}=${value}`);
  await lab.exec(name, [process.execPath, entry, 'exporter', 'backrest', ...flags], { timeoutMs: exporterMs });
}

/** Reads that exporter once it has all of it, and gives it to VictoriaMetrics as a scrape would. */
async function importAssurance(lab: Lab, { name, address, cluster }: LabMember): Promise<void> {
  const families = ['pgbackrest_verify_ok', 'pgbackrest_schedule_missed', 'pgbackrest_drill_last_outcome'];
  let text = '';
  await poll(
    'the exporter tells of schedule, verification and drill',
    async () => {
      const answer = await lab.http(`http://${address}:${exporterPort}/metrics`, { timeoutMs: 5_000 });
      text = answer?.status === 200 ? answer.body : '';
      const missing = families.filter((family) => !new RegExp(`^${family}[{ ]`, 'mu').test(text));
      return missing.length === 0 ? undefined : `missing: ${missing.join(', ')}`;
    },
    60_000,
  );
  const wanted = text.split('\n').filter((line) => /^pgbackrest_(?:verify|schedule|drill)_/u.test(line));
  await importSamples(lab, wanted, { job: 'pgsql', cls: cluster, ins: name, ip: address });
}

/** What a node exporter and a blackbox exporter say of a virtual address; they are no part of the lab. */
async function importVip(lab: Lab, { name, address, cluster }: LabMember): Promise<void> {
  const vip = address.replace(/\d+$/u, '99');
  const labels = { job: 'node', cls: cluster, ins: name, ip: address };
  await importSamples(lab, [addressOf(address), addressOf(vip)], labels);
  await importSamples(lab, [`probe_success{vip="${vip}"} 1`], { job: 'vip', cls: cluster, ins: name, ip: vip });
}

const addressOf = (address: string): string =>
  `node_network_address_info{device="eth0",address="${address}",netmask="24",scope="global"} 1`;

async function importSamples(
  lab: Lab,
  lines: readonly string[],
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const query = Object.entries(labels).map(
    ([label, value]) => `extra_label=${encodeURIComponent(`${label}=${value}`)}`,
  );
  const url = `http://${lab.topology.monitor.address}:${labPorts.victoriaMetrics}/api/v1/import/prometheus`;
  const answer = await lab.http(`${url}?${query.join('&')}`, { method: 'POST', body: `${lines.join('\n')}\n` });
  if (answer === undefined || answer.status >= 300) throw new Error(`${url}: ${answer?.status ?? 'no answer'}`);
  await sleep(1_000);
}
