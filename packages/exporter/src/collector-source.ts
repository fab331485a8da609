import { collectors as builtinCollectors, type AnyCollector } from '@pgattest/catalog';
import { findNearest, RuntimeError, type Logger } from '@pgattest/runtime';
import { refuseLabelConflicts } from './constant-labels.ts';
import type { PgExporterOptions } from './options.ts';

/** What is collected; can be read again. */
export interface CollectorSource {
  readonly current: () => readonly AnyCollector[];
  /** Rejects, and keeps what it has, when what it reads cannot be used. */
  readonly reload: () => Promise<void>;
}

/** Errors: those of reading; usage for a constant label that a collector has, and for an unknown name of a collector. */
export async function createCollectorSource(options: PgExporterOptions): Promise<CollectorSource> {
  const { collectors: given = builtinCollectors } = options;
  const read = async (): Promise<readonly AnyCollector[]> => {
    const collectors = typeof given === 'function' ? await given() : given;
    refuseLabelConflicts(options.labels ?? {}, collectors, options.disableIntro !== true);
    return collectors;
  };
  let current = await read();
  refuseUnknown(options.enabledCollectors ?? [], current, '--enable-collector');
  refuseUnknown(options.disabledCollectors ?? [], current, '--disable-collector');
  return {
    current: () => current,
    reload: async () => {
      current = await read();
    },
  };
}

/** Collectors of a file or directory in pg_exporter's format; warnings go to the log, errors are thrown. */
export function collectorsFrom(path: string, logger: Logger): () => Promise<readonly AnyCollector[]> {
  return async () => {
    // With the built-in collectors nobody needs the format.
    const { formatDiagnostic, loadCollectors } = await import('./config/index.ts');
    const { ok, collectors, diagnostics, files, hash } = await loadCollectors(path);
    const problems = diagnostics.filter(({ severity }) => severity !== 'note');
    if (!ok) {
      throw new RuntimeError('config_invalid', `cannot use ${path}:\n${problems.map(formatDiagnostic).join('\n')}`);
    }
    for (const problem of problems) logger.warn('collector file', { problem: formatDiagnostic(problem) });
    logger.info('collectors read', {
      path,
      files: files.length,
      collectors: collectors.length,
      hash: hash.slice(0, 12),
    });
    return collectors;
  };
}

function refuseUnknown(ids: readonly string[], collectors: readonly AnyCollector[], flag: string): void {
  const known = new Set(collectors.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const nearest = findNearest(unknown, [...known]);
  const hint = nearest === undefined ? '--dry-run lists them' : `did you mean ${nearest}?`;
  throw new RuntimeError('usage', `${flag}: there is no collector "${unknown}"; ${hint}`);
}
