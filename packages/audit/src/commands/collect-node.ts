import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { mkdir } from 'node:fs/promises';
import {
  createProgress,
  exitCode,
  findDurationMs,
  loadConfig,
  RuntimeError,
  version,
  writeFileAtomic,
  type CommandSpec,
} from '@pgattest/runtime';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { collectNode, nodeProbesOf } from '../node/collect.ts';
import { openNodeAccess } from '../node/open-access.ts';
import { nodePathsSchema, pigstyPaths, type NodePaths } from '../node/paths.ts';
import { spawnProgram } from '../node/spawn-program.ts';
import { probes } from '../probes/index.ts';
import { findText } from './source.ts';

/** `pgattest audit collect-node`: the facts of this host as a file for the auditor. */
export const collectNodeCommand: CommandSpec = {
  name: 'collect-node',
  summary: 'look at this host and write its facts for the auditor',
  example: 'pgattest audit collect-node --output /var/lib/pgattest/node.json',
  options: [
    { flags: '-o, --output <file>', summary: 'where the facts go, mode 0640; - is standard output', default: '-' },
    { flags: '--paths <file>', summary: "where things are, when the layout is not Pigsty's (YAML)" },
    { flags: '--probe-timeout <duration>', summary: 'most time for one probe', default: '60s' },
    { flags: '--timeout <duration>', summary: 'most time for all of them', default: '5m' },
    { flags: '--quiet', summary: 'no progress on stderr' },
  ],
  notes:
    'Reads only. Run it as root to see everything; what another account may not read is written down as such.\n' +
    'The file holds modes, owners, settings and versions, and no secret.',
  async run({ options, stdout, stderr, signal }) {
    const pathsFile = findText(options, 'paths');
    const paths =
      pathsFile === undefined ? pigstyPaths : await loadConfig<NodePaths>(resolve(pathsFile), nodePathsSchema);
    const isRoot = process.geteuid?.() === 0;
    const progress = createProgress(stderr, { quiet: options['quiet'] === true });
    const host = hostname();
    const step = progress.step(`collecting ${host}`);
    const document = await collectNode({
      probes: nodeProbesOf(probes),
      open: (probeSignal) =>
        openNodeAccess({ paths, isRoot, run: spawnProgram(paths, isRoot, probeSignal), signal: probeSignal }),
      host,
      version,
      probeTimeoutMs: durationOf(options, 'probeTimeout'),
      totalTimeoutMs: durationOf(options, 'timeout'),
      now: () => new Date(),
      signal,
    });
    const missing = document.observations.filter(({ observation }) => observation.status === 'unavailable');
    if (missing.length === 0) step.done();
    else step.fail(`${missing.length} of ${document.observations.length} facts could not be read`);
    await write(findText(options, 'output') ?? '-', canonicalJson(document), stdout);
    return missing.length === 0 ? exitCode.ok : exitCode.incomplete;
  },
};

function durationOf(options: Readonly<Record<string, unknown>>, name: string): number {
  const text = findText(options, name) ?? '';
  const ms = findDurationMs(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new RuntimeError('usage', `"${text}" is no time; write a number and a unit, such as 20s or 2m`);
}

async function write(output: string, json: string, stdout: NodeJS.WritableStream): Promise<void> {
  if (output === '-') {
    stdout.write(json);
    return;
  }
  const file = resolve(output);
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFileAtomic(file, json, 0o640))
    .catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new RuntimeError('file_unreadable', `cannot write ${file}: ${why}`, { cause });
    });
}
