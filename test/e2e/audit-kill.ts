import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderStore, parseRecord, verifyCluster } from '@pgattest/audit';
import { keyIdOf, loadPublicKey } from '@pgattest/runtime';
import { notInDemo, pgattestAudit, readTree, type CommandResult } from './audit-harness.ts';
import { seededChance } from './seeded-chance.ts';

const program = new URL('../../packages/cli/dist/bin/pgattest.js', import.meta.url).pathname;

export interface KillOptions {
  /** Where the configuration, the key, the store and the reports go: new or empty. */
  readonly directory: string;
  readonly cluster: string;
  readonly members: readonly { readonly name: string; readonly dsn: string }[];
  readonly kills: number;
  /** Auditors that run beside each other, into the same store. */
  readonly atATime: number;
  readonly seed: number;
}

/** What is there after all the kills. */
export interface KillOutcome {
  readonly killed: number;
  /** What verification had to say after each kill; empty: nothing. */
  readonly problems: readonly string[];
  /** Records that were in the chain after some kill and are not what they were. */
  readonly lost: readonly string[];
  /** Runs that said where they are filed and are not in the chain. */
  readonly missing: readonly string[];
  /** Reports that are not whole. */
  readonly broken: readonly string[];
  /** What `audit verify` says with the public key alone. */
  readonly verified: CommandResult;
  /** What the killed left: completed runs, runs that are filed but not in the chain, files that were being written. */
  readonly left: { readonly records: number; readonly unrecorded: number; readonly partial: number };
  /** Highest resident memory of a run that nobody disturbs, MiB. */
  readonly peakMiB: number;
}

/**
 * Kills `pgattest audit run` at random moments: every second one anywhere in its life, the others when something has come
 * into the store, because filing is a small part of a run. Errors: a run that nobody disturbs and that fails.
 */
export async function killAuditors(options: KillOptions): Promise<KillOutcome> {
  const { directory, cluster, kills, atATime } = options;
  const chance = seededChance(options.seed);
  const site = await prepare(options);
  const store = folderStore(site.evidence);
  const living = new Set<ChildProcess>();
  const problems: string[] = [];
  const said: string[] = [];
  const seen = new Map<number, string>();
  let killed = 0;
  let begun = 0;

  const look = async (when: string): Promise<void> => {
    for (const sequence of (await store.list(cluster)).records) {
      if (!seen.has(sequence)) seen.set(sequence, (await store.readRecord(cluster, sequence)) ?? '');
    }
    const everything = { keys: site.keys, requireSignatures: true, evidence: true };
    const { problems: found } = await verifyCluster(store, cluster, everything);
    problems.push(...found.map((problem) => `${when}: ${problem}`));
  };
  const auditUndisturbed = async () => {
    const auditor = startAuditor(site.config, living);
    const peakMiB = await highestMemory(auditor.child);
    const ended = await auditor.ended;
    if (ended.place === undefined) throw new Error(`an undisturbed run ended with ${ended.how}: ${ended.errors}`);
    said.push(ended.place);
    return { peakMiB, tookMs: ended.tookMs };
  };
  const keepKilling = async (lifeMs: number): Promise<void> => {
    while (begun < kills * 3 && killed < kills) {
      begun += 1;
      const number = begun;
      const auditor = startAuditor(site.config, living);
      const over = new AbortController();
      const moment =
        number % 2 === 0 ? sleep(chance() * lifeMs) : afterFiling(site.folder, chance() * lifeMs * 0.4, over.signal);
      await Promise.race([moment, auditor.ended]);
      over.abort();
      auditor.child.kill('SIGKILL');
      const { how, place } = await auditor.ended;
      if (how === 'SIGKILL') killed += 1;
      if (place !== undefined) said.push(place);
      await look(`auditor ${number}`);
    }
  };

  try {
    const { peakMiB, tookMs } = await auditUndisturbed();
    // Auditors that share the processors live longer.
    const lifeMs = tookMs * Math.max(1, atATime / availableParallelism());
    await Promise.all(Array.from({ length: atATime }, () => keepKilling(lifeMs)));
    // What the killed have left blocks nobody.
    await auditUndisturbed();
    await look('the end');
    const { records, runs, remains } = await store.list(cluster);
    const texts = new Map<number, string>();
    for (const sequence of records) texts.set(sequence, (await store.readRecord(cluster, sequence)) ?? '');
    const recorded = new Set([...texts.values()].flatMap((text) => runOf(text) ?? []));
    return {
      killed,
      problems,
      lost: [...seen].filter(([sequence, text]) => texts.get(sequence) !== text).map(([sequence]) => `${sequence}`),
      missing: said.filter((place) => !recorded.has(place.slice(place.lastIndexOf('/') + 1))),
      broken: await brokenReports(join(directory, 'reports')),
      verified: await pgattestAudit(['verify', site.evidence, '--public-key', site.publicKey, '--require-signatures']),
      left: {
        records: records.length,
        unrecorded: runs.filter((run) => !recorded.has(run)).length,
        partial: remains.length,
      },
      peakMiB,
    };
  } finally {
    for (const child of living) child.kill('SIGKILL');
  }
}

/** Key and configuration of the auditors, and where they file. */
async function prepare({ directory, cluster, members }: KillOptions) {
  const config = join(directory, 'audit.yml');
  const key = join(directory, 'audit.key');
  const made = await pgattestAudit(['keygen', '--key', key]);
  if (made.code !== 0) throw new Error(`no key: ${made.stderr}`);
  const publicKey = `${key}.pub`;
  const loaded = await loadPublicKey(publicKey, 'pgattest audit keygen');
  const declared = { name: cluster, members, absent: notInDemo };
  const settings = { clusters: [declared], signing_key: key, evidence_dir: 'evidence', report_dir: 'reports' };
  await writeFile(config, JSON.stringify({ ...settings, connect_timeout: '20s', probe_timeout: '30s' }));
  const evidence = join(directory, 'evidence');
  const folder = join(evidence, cluster);
  await mkdir(folder, { recursive: true });
  return { config, publicKey, evidence, folder, keys: new Map([[keyIdOf(loaded), loaded]]) };
}

interface Ended {
  /** Exit code or signal. */
  readonly how: number | NodeJS.Signals | null;
  /** Where it said that its evidence is. */
  readonly place: string | undefined;
  readonly errors: string;
  readonly tookMs: number;
}

function startAuditor(
  config: string,
  living: Set<ChildProcess>,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const started = performance.now();
  const argv = [program, 'audit', 'run', '--quiet', '--fail-on', 'never', '--config', config];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  living.add(child);
  let text = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      living.delete(child);
      const place = /^evidence: (\S+)$/mu.exec(text)?.[1];
      resolve({ how: signal ?? code, place, errors, tookMs: performance.now() - started });
    });
  });
  return { child, ended };
}

/** The moment that many milliseconds after the next change in a folder, or at once when there is no more need. */
async function afterFiling(folder: string, delayMs: number, signal: AbortSignal): Promise<void> {
  const watcher = watch(folder, { signal });
  await new Promise<void>((resolve) => {
    watcher.once('change', () => resolve());
    watcher.once('close', () => resolve());
  });
  watcher.close();
  if (!signal.aborted) await sleep(delayMs);
}

/** Follows what the kernel says of a process until it ends. */
async function highestMemory({ pid }: ChildProcess): Promise<number> {
  let highest = 0;
  for (;;) {
    const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
    const found = /^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1];
    if (found === undefined) return Math.round(highest);
    highest = Number(found) / 1024;
    await sleep(20);
  }
}

/** Id of the run of a record. */
function runOf(text: string): string | undefined {
  const parsed = parseRecord(text);
  return parsed.ok && parsed.sealed.record.kind === 'run' ? parsed.sealed.record.run.id : undefined;
}

/** Files of reports that do not end as they should; what was being written has a name of its own. */
async function brokenReports(directory: string): Promise<readonly string[]> {
  const files = [...(await readTree(directory))].filter(([file]) => !file.endsWith('.tmp'));
  const endings = { '.json': '}\n', '.html': '</html>\n', '.txt': '\n' };
  const isWhole = (file: string, text: string): boolean =>
    Object.entries(endings).some(([type, end]) => file.endsWith(type) && text.endsWith(end));
  return files.filter(([file, text]) => !isWhole(file, text)).map(([file]) => file);
}
