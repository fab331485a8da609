import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeError } from '@pgattest/runtime';
import { LabError } from '../errors.ts';
import { collectFacts } from './collect-facts.ts';
import { callLab } from './control/client.ts';
import { openForwarder, type Forwarded } from './control/forwarder.ts';
import type { ControlRequests } from './control/protocol.ts';
import { endLab } from './end-lab.ts';
import { labDirectory, labFiles } from './lab-directory.ts';
import type { LabRequest } from './lab-request.ts';
import { credentialsOf, secretStrings, type LabCredential } from './lab-secrets.ts';
import type { LabStatus } from './lab-status.ts';
import type { LabSecrets } from './materials.ts';
import type { HttpAnswer, RunOptions, RunResult } from './stack-run.ts';
import type { BrokenFault } from './supervisor/active-faults.ts';
import { buildTopology, getHost, hostsOf, type Topology } from './topology.ts';

/** A daemon of a running lab. */
export interface LabDaemon {
  readonly id: string;
  stop(): Promise<void>;
  /** Starts it, `env` added for this start only, and waits until it is ready. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  signal(signal: NodeJS.Signals): Promise<void>;
}

/** A running lab, from any process of its owner. */
export interface Lab {
  readonly name: string;
  readonly topology: Topology;
  readonly directory: string;
  /** Every string that must not show up in an output. */
  readonly secrets: readonly string[];
  /** How a client logs in as each role. */
  readonly credentials: Readonly<Record<Exclude<keyof LabSecrets, 'backupCipher'>, LabCredential>>;
  /** Whether its supervisor answers. */
  isAlive(): Promise<boolean>;
  status(): Promise<LabStatus>;
  /** The member of the main cluster that takes writes and holds the lock, if there is one. */
  findPrimary(): Promise<string | undefined>;
  break(fault: string, target?: string): Promise<BrokenFault>;
  /** One, or all that are applied, the last one first; returns their names. */
  heal(fault?: string): Promise<readonly string[]>;
  /** Runs a program on a host to its end. */
  exec(host: string, argv: readonly [string, ...string[]], options?: RunOptions): Promise<RunResult>;
  /** As the superuser on a member; rows of text. */
  sql(
    member: string,
    statement: string,
    options?: { readonly database?: string; readonly timeoutMs?: number },
  ): Promise<readonly (readonly string[])[]>;
  /** From the monitoring host; undefined = no answer. */
  http(url: string, options?: Omit<ControlRequests['http']['params'], 'url'>): Promise<HttpAnswer | undefined>;
  /** Patroni's REST API of a member with the lab's credentials; undefined = no answer. */
  patroni(member: string, method: string, path: string, body?: unknown): Promise<HttpAnswer | undefined>;
  daemon(id: string): LabDaemon;
  /**
   * Collects the facts of these hosts, of all unless named, for the lab's auditor: seconds of a processor for each. Needs a
   * lab with monitoring, which has an auditor. Errors: facts_failed, usage for a host that it does not have.
   */
  collectFacts(hosts?: readonly string[]): Promise<readonly string[]>;
  /** A free port on 127.0.0.1 of this machine that leads to a port of a host; it lives in this process. */
  forward(host: string, port: number, localPort?: number): Promise<Forwarded>;
  /** Closes the forwarded ports of this object, ends the lab and removes it. */
  down(): Promise<void>;
}

// Faults and their healers wait for the cluster to become what they say.
const faultMs = 600_000;

/** The running lab of that name. Errors: not_running. */
export async function attachLab(name: string): Promise<Lab> {
  const directory = labDirectory(name);
  const control = join(directory, labFiles.control);
  await callLab(control, 'ping', {}, { timeoutMs: 30_000 }).catch((error: unknown) => {
    throw new LabError('not_running', `no lab ${name} is running; start it: pgattest lab up --name ${name}`, {
      cause: error,
    });
  });
  return labAt(directory);
}

/** The lab in that directory, which is known to run. */
export function labAt(directory: string): Lab {
  const control = join(directory, labFiles.control);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very program
  const { options, installation } = readJson(join(directory, labFiles.request)) as LabRequest;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very program
  const secrets = readJson(join(directory, labFiles.secrets)) as LabSecrets;
  const forwarded = new Set<Forwarded>();
  const topology = buildTopology(options);
  const exec: Lab['exec'] = async (host, argv, given = {}) =>
    callLab(control, 'exec', { host, argv, ...given }, withTimeout(given.timeoutMs));
  return {
    name: options.name,
    topology,
    directory,
    secrets: secretStrings(secrets),
    credentials: credentialsOf(secrets, options.cluster),
    isAlive: async () =>
      callLab(control, 'ping', {}, { timeoutMs: 10_000 }).then(
        () => true,
        () => false,
      ),
    status: async () => callLab(control, 'status', {}),
    findPrimary: async () => (await callLab(control, 'primary', {})).member,
    break: async (fault, target) =>
      callLab(control, 'break', { fault, ...(target === undefined ? {} : { target }) }, { timeoutMs: faultMs }),
    heal: async (fault) => callLab(control, 'heal', fault === undefined ? {} : { fault }, { timeoutMs: faultMs }),
    exec,
    sql: async (member, statement, given = {}) =>
      callLab(control, 'sql', { member, statement, ...given }, withTimeout(given.timeoutMs)),
    http: async (url, given = {}) =>
      (await callLab(control, 'http', { url, ...given }, withTimeout(given.timeoutMs))).answer,
    patroni: async (member, method, path, body) =>
      (await callLab(control, 'patroni', { member, method, path, ...(body === undefined ? {} : { body }) })).answer,
    daemon: (id) => ({
      id,
      async stop() {
        await callLab(control, 'daemon', { id, action: 'stop' });
      },
      async start(env) {
        const params = { id, action: 'start', ...(env === undefined ? {} : { env }) } as const;
        await callLab(control, 'daemon', params, { timeoutMs: 150_000 });
      },
      async signal(signal) {
        await callLab(control, 'daemon', { id, action: 'signal', signal });
      },
    }),
    async collectFacts(hosts = hostsOf(topology).map(({ name }) => name)) {
      const names = hosts.map((host) => getHost(topology, host).name);
      if (!options.monitoring)
        throw new RuntimeError('usage', `lab ${options.name} has no auditor; leave out --no-monitoring`);
      // Two at a time, as many as a small machine has processors.
      for (let first = 0; first < names.length; first += 2) {
        const pair = names.slice(first, first + 2);
        await Promise.all(pair.map(async (host) => collectFacts({ exec, directory, topology }, installation, host)));
      }
      return names;
    },
    async forward(host, port, localPort) {
      const one = await openForwarder(control, { host, port }, localPort);
      forwarded.add(one);
      return one;
    },
    async down() {
      await Promise.all([...forwarded].map(async (one) => one.close()));
      await endLab(options.name);
    },
  };
}

/** What the program may take, and what the answer may take on top of it. */
function withTimeout(timeoutMs = 30_000): { readonly timeoutMs: number } {
  return { timeoutMs: timeoutMs + 10_000 };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
