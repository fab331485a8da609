import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findNearest, formatIssue, loadConfig, parseConfig, RuntimeError } from '@pgattest/runtime';
import type { AnyCheck } from '../check.ts';
import type { Framework } from '../framework.ts';
import { endOfWaiver, type Waiver } from '../waivers.ts';
import { clusterProblems, holdsPassword } from './cluster-problems.ts';
import { loadFrameworkFiles } from './framework-files.ts';
import { paramsSchema } from './params-schema.ts';
import { describeProblems, type ConfigProblem } from './place.ts';
import { sharingProblems } from './sharing.ts';
import { auditConfigSchema, type AuditConfig } from './schema.ts';
import { waiversFileSchema } from './waiver-schema.ts';

/** What configuration may name: the ids that exist. */
export interface Known {
  readonly checks: readonly AnyCheck[];
  readonly frameworks: readonly { readonly id: string }[];
  readonly attestations?: readonly { readonly id: string }[];
}

/** A configuration, the folder that paths in its clusters are relative to, and the frameworks of its files. */
export type LoadedAuditConfig = AuditConfig & { readonly base: string; readonly ownFrameworks: readonly Framework[] };

/**
 * Reads a configuration file. Paths in it are relative to the file. Errors: RuntimeError config_invalid with every
 * problem as `file:line:col path message`, or file_unreadable.
 */
export async function loadAuditConfig(file: string, known: Known): Promise<LoadedAuditConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('file_unreadable', `cannot read the configuration ${file}: ${why}`, { cause });
  });
  const parsed = parseConfig<AuditConfig>({ text, file, schema: fullSchema(known) });
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  const base = dirname(file);
  const config = parsed.value;
  const { waivers_file: waiversFile, ...rest } = config;
  const settled = {
    ...rest,
    evidence_dir: resolve(base, config.evidence_dir),
    report_dir: resolve(base, config.report_dir),
    attestations_dir: resolve(base, config.attestations_dir),
    attestation_keys: config.attestation_keys.map((key) => resolve(base, key)),
    evidence_store: storeFrom(base, config.evidence_store),
    ...(config.signing_key === undefined ? {} : { signing_key: resolve(base, config.signing_key) }),
    ...(waiversFile === undefined ? {} : { waivers_file: resolve(base, waiversFile) }),
  };
  return settle(settled, base, known, { file, text });
}

/** The configuration of a start without a file: every default, these clusters. */
export async function defaultAuditConfig(
  clusters: AuditConfig['clusters'],
  known: Known,
  overrides: Partial<AuditConfig> = {},
): Promise<LoadedAuditConfig> {
  const text = JSON.stringify({ ...overrides, clusters });
  const parsed = parseConfig<AuditConfig>({ text, file: 'command line', schema: fullSchema(known) });
  if (!parsed.ok) {
    const lines = parsed.issues.map(({ path, message }) => `${path} ${message}`);
    throw new RuntimeError('config_invalid', lines.join('\n'));
  }
  return settle(parsed.value, process.cwd(), known, undefined);
}

/** Reads a waivers file. Errors: as loadAuditConfig. */
export async function loadWaivers(file: string): Promise<readonly Waiver[]> {
  const { waivers } = await loadConfig<{ readonly waivers: readonly Waiver[] }>(file, waiversFileSchema);
  return waivers;
}

const fullSchema = (known: Known) => ({
  ...auditConfigSchema,
  properties: {
    ...auditConfigSchema.properties,
    params: { ...auditConfigSchema.properties.params, ...paramsSchema(known.checks) },
  },
});

/** Files of the store are relative to the configuration file, as all others are. */
const storeFrom = (base: string, store: AuditConfig['evidence_store']): AuditConfig['evidence_store'] => ({
  ...store,
  ...(store.secret_key_file === undefined ? {} : { secret_key_file: resolve(base, store.secret_key_file) }),
  ...(store.ca_file === undefined ? {} : { ca_file: resolve(base, store.ca_file) }),
});

/** The rules a schema cannot say: names are unique, no password in a dsn, and so on; waivers of the file join the others. */
async function settle(
  config: AuditConfig,
  base: string,
  known: Known,
  source: { readonly file: string; readonly text: string } | undefined,
): Promise<LoadedAuditConfig> {
  const { waivers_file: file, ...rest } = config;
  const more = file === undefined ? [] : await loadWaivers(file);
  const waivers = [...rest.waivers, ...more];
  const files = (config.framework_files ?? []).map((path) => resolve(base, path));
  const ownFrameworks = await loadFrameworkFiles(files, { attestations: [], ...known });
  const ids = [...known.frameworks, ...ownFrameworks].map(({ id }) => id);
  const problems = [
    ...clusterProblems(config.clusters),
    ...sharingProblems(config),
    ...unknownFrameworks(config.frameworks ?? [], ids),
  ];
  if (problems.length > 0) throw new RuntimeError('config_invalid', describeProblems(problems, source));
  refuseRepeats(
    'waiver',
    waivers.map(({ id }) => id),
  );
  for (const { id, until } of waivers) {
    if (Number.isNaN(endOfWaiver(until))) {
      throw new RuntimeError('config_invalid', `until of waiver ${id} is no date of the calendar: ${until}`);
    }
  }
  if (rest.evidence_store.dsn !== undefined && holdsPassword(rest.evidence_store.dsn)) {
    throw new RuntimeError(
      'config_invalid',
      'dsn of evidence_store holds a password; name a password file (mode 0600) with passfile=, or set PGPASSFILE',
    );
  }
  return { ...rest, waivers, base, ownFrameworks };
}

function unknownFrameworks(named: readonly string[], ids: readonly string[]): readonly ConfigProblem[] {
  return named.flatMap((id, index) => {
    if (ids.includes(id)) return [];
    const nearest = findNearest(id, ids);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return [{ path: ['frameworks', index], message: `must be one of ${ids.join(', ')}${hint}` }];
  });
}

function refuseRepeats(what: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new RuntimeError('config_invalid', `${what} ${repeated} is declared twice`);
}
