import { readFileSync } from 'node:fs';
import { LabError } from '../errors.ts';
import { askHttp } from './http-request.ts';
import { commandOn, type Launcher } from './launcher.ts';
import { hostDirectory, identityOf, type LabMaterials } from './materials.ts';
import { runProgram, startProgram, type Program, type ProgramSpec } from './run-program.ts';
import type { RunOptions, RunResult, StackRun } from './stack-run.ts';
import { labMarker } from './sweep.ts';
import { getHost, labPorts, type LabMember } from './topology.ts';

// psql's own separators could be part of a value; these two control characters are for exactly this.
const fieldSeparator = '\u001F';
const recordSeparator = '\u001E';

/** A `StackRun` that can also start programs that go on running. */
export interface RunningStack extends StackRun {
  start(
    host: string,
    argv: readonly [string, ...string[]],
    options?: RunOptions & { readonly onLine?: (line: string) => void },
  ): Promise<Program>;
}

/** What probes, tasks and faults see of the lab, from within the supervisor. */
export function createRunningStack(materials: LabMaterials, launcher: Launcher): RunningStack {
  const { topology, secrets, directory } = materials;
  const allMembers = [...topology.members, ...topology.standbyMembers];
  const caFile = identityOf(materials, topology.monitor.name, 'root').authority;

  const specOf = (
    host: string,
    argv: readonly [string, ...string[]],
    options: RunOptions & { readonly onLine?: (line: string) => void } = {},
    defaultMs = 10_000,
  ): ProgramSpec => {
    const { user = 'root', env = {}, input, timeoutMs = defaultMs, onLine } = options;
    getHost(topology, host);
    return {
      argv: commandOn(launcher, host, user, argv),
      env: { PATH: materials.path, LANG: 'C.UTF-8', ...env, [labMarker]: directory },
      cwd: hostDirectory(materials, host),
      timeoutMs,
      ...(input === undefined ? {} : { input }),
      ...(onLine === undefined ? {} : { onLine }),
    };
  };
  const getMember = (name: string): LabMember => {
    const member = allMembers.find((one) => one.name === name);
    if (member === undefined) {
      throw new LabError(
        'not_running',
        `the lab has no member ${name}; it has ${allMembers.map((one) => one.name).join(', ')}`,
      );
    }
    return member;
  };

  const run: StackRun['run'] = async (host, argv, options) => runProgram(specOf(host, argv, options));
  const http: StackRun['http'] = async (url, options = {}) =>
    askHttp({ url, ...options }, url.startsWith('https:') ? readFileSync(caFile, 'utf8') : undefined);

  const sql: StackRun['sql'] = async (name, statement, options = {}) => {
    const member = getMember(name);
    const { database = 'postgres', timeoutMs = 10_000 } = options;
    const result = await run(
      member.name,
      [
        `${materials.programs.postgresBin}/psql`,
        '-XqAt',
        `--field-separator=${fieldSeparator}`,
        `--record-separator=${recordSeparator}`,
        '--set=ON_ERROR_STOP=1',
        '--file=-',
      ],
      {
        user: 'postgres',
        input: statement,
        timeoutMs,
        env: {
          PGHOST: `${hostDirectory(materials, member.name)}/sock`,
          PGPORT: String(labPorts.postgres),
          PGUSER: 'postgres',
          PGPASSWORD: secrets.postgres,
          PGDATABASE: database,
          PGAPPNAME: 'pgattest lab',
          PGCONNECT_TIMEOUT: '5',
        },
      },
    );
    if (result.code !== 0) throw new LabError('sql_failed', `SQL on ${member.name}: ${whyFailed(result, timeoutMs)}`);
    const text = result.stdout.replace(/\n$/u, '');
    return text === '' ? [] : text.split(recordSeparator).map((row) => row.split(fieldSeparator));
  };

  const patroni: StackRun['patroni'] = async (name, method, path, body) => {
    const { address } = getMember(name);
    const login = Buffer.from(`patroni:${secrets.patroniRest}`).toString('base64');
    return http(`http://${address}:${labPorts.patroni}${path}`, {
      method,
      headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
      // A restart or a reinitialisation is answered when it is done.
      timeoutMs: method === 'GET' ? 5_000 : 30_000,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  const isPrimary = async (member: LabMember): Promise<boolean> => {
    const answer = await http(`http://${member.address}:${labPorts.patroni}/primary`, { timeoutMs: 2_000 });
    if (answer?.status !== 200) return false;
    try {
      const [row] = await sql(member.name, 'SELECT pg_is_in_recovery()', { timeoutMs: 3_000 });
      return row?.[0] === 'f';
    } catch {
      // Holds the lock, but its server does not answer: not a primary that anybody can use.
      return false;
    }
  };

  return {
    topology,
    directoryOf: (host) => hostDirectory(materials, getHost(topology, host).name),
    run,
    async start(host, argv, options) {
      return startProgram(specOf(host, argv, options, Number.POSITIVE_INFINITY));
    },
    http,
    sql,
    patroni,
    async findPrimary() {
      const answers = await Promise.all(topology.members.map(isPrimary));
      return topology.members[answers.indexOf(true)]?.name;
    },
  };
}

/** Why a program failed, in its own words where it had any. */
export function whyFailed(result: RunResult, timeoutMs: number): string {
  if (result.code === undefined) return `no end within ${timeoutMs / 1000} s`;
  const words = (result.stderr.trim() === '' ? result.stdout : result.stderr).trim();
  return words === '' ? `exit code ${result.code}` : words;
}
