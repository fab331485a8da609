import { parseDurationMs, RuntimeError, type OptionSpec } from '@pgattest/runtime';
import { whyNoNamespaces } from '../isolation.ts';
import type { LabOptions } from '../options.ts';
import { defaultLabOptions } from '../topology.ts';

/** `--name`, which every lab command takes. */
export const nameOption: OptionSpec = {
  flags: '--name <name>',
  summary: 'which lab: two names, two labs',
  default: defaultLabOptions.name,
};

/** The value of `--name`. */
export function labName(options: Readonly<Record<string, unknown>>): string {
  return textOf(options, 'name') ?? defaultLabOptions.name;
}

/** The options of `lab up`. */
export const upOptions: readonly OptionSpec[] = [
  nameOption,
  { flags: '--cluster <name>', summary: 'Patroni scope', default: defaultLabOptions.cluster },
  { flags: '--major <n>', summary: 'PostgreSQL major, as Debian installs it', default: `${defaultLabOptions.major}` },
  { flags: '--nodes <n>', summary: 'PostgreSQL members', default: '3', choices: ['2', '3', '5'] },
  { flags: '--arbiter', summary: 'with --nodes 2: a third etcd member without PostgreSQL' },
  {
    flags: '--etcd <n>',
    summary: 'etcd members (default: 3; with --nodes 2 they run on the nodes)',
    choices: ['1', '3'],
  },
  {
    flags: '--durability <kind>',
    summary: 'asynchronous (oltp), or synchronous and strict (crit)',
    default: 'oltp',
    choices: ['oltp', 'crit'],
  },
  { flags: '--failsafe', summary: "Patroni's DCS failsafe mode (default; --no-failsafe turns it off)", default: true },
  { flags: '--no-failsafe', summary: "without Patroni's DCS failsafe mode", isHidden: true },
  {
    flags: '--rto <plan>',
    summary: 'timers of Patroni and HAProxy (test: 5/1/3, for quick suites)',
    default: defaultLabOptions.rto,
    choices: ['fast', 'norm', 'safe', 'wide', 'test'],
  },
  { flags: '--standby-cluster', summary: 'a second cluster that follows this one, with a cascading replica' },
  { flags: '--delay <duration>', summary: 'with --standby-cluster: how late it replays, for example 1h' },
  { flags: '--no-backup', summary: 'without pgBackRest' },
  { flags: '--no-monitoring', summary: 'without VictoriaMetrics, alerts and exporters' },
  { flags: '--subnet <a.b.c>', summary: 'first three numbers of its /24 (default: 198.51.100, on loopback 127.0.0)' },
  {
    flags: '--isolation <kind>',
    summary: 'its own namespaces, or plain loopback (default: namespaces where they work)',
    choices: ['namespaces', 'loopback'],
  },
  { flags: '--keep-failed', summary: 'leave the directory with its logs when the start fails' },
];

/** What the command line asks for; `note` says what was chosen because of the machine. */
export async function readUpOptions(
  options: Readonly<Record<string, unknown>>,
): Promise<{ readonly options: Partial<LabOptions>; readonly note: string | undefined }> {
  const asked = textOf(options, 'isolation');
  const reason = asked === undefined ? await whyNoNamespaces() : undefined;
  const isolation = asked === 'loopback' || reason !== undefined ? 'loopback' : 'namespaces';
  const etcd = textOf(options, 'etcd');
  const subnet = textOf(options, 'subnet');
  return {
    options: {
      name: labName(options),
      cluster: textOf(options, 'cluster') ?? defaultLabOptions.cluster,
      major: majorOf(options),
      nodes: nodesOf(options),
      arbiter: options['arbiter'] === true,
      durability: textOf(options, 'durability') === 'crit' ? 'crit' : 'oltp',
      failsafe: options['failsafe'] !== false,
      rto: planOf(options),
      standbyCluster: standbyOf(options),
      backup: options['backup'] !== false,
      monitoring: options['monitoring'] !== false,
      isolation,
      ...(etcd === undefined ? {} : { etcdMembers: etcd === '1' ? 1 : 3 }),
      ...(subnet === undefined ? {} : { subnet }),
    },
    note: reason === undefined ? undefined : `on plain loopback: ${reason}`,
  };
}

/** The text of an option, undefined when it was not given. */
export function textOf(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

function majorOf(options: Readonly<Record<string, unknown>>): number {
  const text = textOf(options, 'major') ?? `${defaultLabOptions.major}`;
  if (!/^\d{2}$/u.test(text)) throw new RuntimeError('usage', `--major ${text}: write a number such as 15`);
  return Number(text);
}

function nodesOf(options: Readonly<Record<string, unknown>>): LabOptions['nodes'] {
  const text = textOf(options, 'nodes');
  if (text === '2') return 2;
  return text === '5' ? 5 : 3;
}

function planOf(options: Readonly<Record<string, unknown>>): LabOptions['rto'] {
  const plans: readonly LabOptions['rto'][] = ['fast', 'norm', 'safe', 'wide', 'test'];
  return plans.find((plan) => plan === options['rto']) ?? defaultLabOptions.rto;
}

function standbyOf(options: Readonly<Record<string, unknown>>): LabOptions['standbyCluster'] {
  const delay = textOf(options, 'delay');
  if (options['standbyCluster'] !== true) {
    if (delay !== undefined) throw new RuntimeError('usage', '--delay is for --standby-cluster');
    return undefined;
  }
  return { delaySeconds: delay === undefined ? 0 : Math.round(parseDurationMs(delay) / 1000) };
}
