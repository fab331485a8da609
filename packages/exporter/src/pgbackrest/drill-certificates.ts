import type { BackrestFailure } from '@pgattest/connect';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A drill, by its certificate. Seconds since the epoch. */
export interface DrillRecord {
  readonly stanza: string;
  readonly kind: string;
  readonly outcome: 'passed' | 'failed' | 'aborted';
  readonly startedSeconds: number;
  readonly finishedSeconds: number;
}

/** The last drill of each kind, and the last that passed, of one stanza. */
export interface DrillStanding {
  readonly last: DrillRecord;
  readonly passedSeconds: number | undefined;
}

/** Drills that restore something. */
const kinds = new Set(['restore', 'pitr', 'backup-check']);
const maxFiles = 2000;
const maxBytes = 4 * 1024 * 1024;

/** Reads the certificates (`*.json`) in a folder and the folders directly in it. A bad one costs only itself. */
export async function readDrills(
  folder: string,
): Promise<{ readonly standings: readonly DrillStanding[]; readonly failure: BackrestFailure | undefined }> {
  const records: DrillRecord[] = [];
  let failure: BackrestFailure | undefined;
  let files: readonly string[] = [];
  try {
    files = await certificateFiles(folder);
  } catch (error) {
    return { standings: [], failure: failureOf(`cannot list ${folder}`, error) };
  }
  for (const file of files.slice(0, maxFiles)) {
    try {
      if ((await stat(file)).size > maxBytes) throw new Error('it is larger than 4 MiB');
      const record = readCertificate(JSON.parse(await readFile(file, 'utf8')));
      if (typeof record === 'string') failure ??= { class: 'parse', message: `${file} is no certificate: ${record}` };
      else if (kinds.has(record.kind)) records.push(record);
    } catch (error) {
      failure ??= failureOf(`cannot use ${file}`, error);
    }
  }
  return { standings: standingsOf(records), failure };
}

/** A drill from a certificate file; a text is what is wrong with it. The drill package says the shape. */
export function readCertificate(document: unknown): DrillRecord | string {
  const outer = fieldsOf(document);
  const fields = outer.has('certificate') ? fieldsOf(outer.get('certificate')) : outer;
  const [kind, cluster, stanza, outcome] = ['kind', 'cluster', 'stanza', 'outcome'].map((key) => fields.get(key));
  const [started, finished] = ['started', 'finished'].map((key) => secondsOf(fields.get(key)));
  if (typeof kind !== 'string') return 'it has no kind';
  if (typeof cluster !== 'string') return 'it has no cluster';
  if (outcome !== 'passed' && outcome !== 'failed' && outcome !== 'aborted') return 'its outcome is unknown';
  if (started === undefined || finished === undefined) return 'its times are missing';
  // Where the stanza is not said it has the name of the cluster, as in Pigsty.
  const name = typeof stanza === 'string' ? stanza : cluster;
  return { stanza: name, kind, outcome, startedSeconds: started, finishedSeconds: finished };
}

function standingsOf(records: readonly DrillRecord[]): readonly DrillStanding[] {
  const byKey = new Map<string, DrillStanding>();
  for (const record of records.toSorted((a, b) => a.finishedSeconds - b.finishedSeconds)) {
    const key = JSON.stringify([record.stanza, record.kind]);
    const passed = record.outcome === 'passed' ? record.finishedSeconds : byKey.get(key)?.passedSeconds;
    byKey.set(key, { last: record, passedSeconds: passed });
  }
  return [...byKey.values()];
}

async function certificateFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      // Evidence lies beside its certificate, and is no certificate.
      .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.evidence'))
      .map(async ({ name }) => (await readdir(join(folder, name))).map((file) => join(folder, name, file))),
  );
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  return [...own, ...nested.flat()].filter((file) => file.endsWith('.json')).toSorted();
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function secondsOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

function failureOf(what: string, error: unknown): BackrestFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  const failureClass = code === 'EACCES' ? 'permission' : code === 'ENOENT' ? 'missing' : 'parse';
  return { class: failureClass, message: `${what}: ${reason}` };
}
