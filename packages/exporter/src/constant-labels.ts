import type { AnyCollector } from '@pgattest/catalog';
import { RuntimeError } from '@pgattest/runtime';

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Reads `cls=pg-demo,ins=pg-demo-1`; a value may contain `=`. Errors: usage, for anything that is not name=value with
 * a legal label name (the exporter we replace drops those in silence).
 */
export function parseConstantLabels(texts: readonly string[]): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const entry of texts.flatMap((text) => text.split(',')).map((part) => part.trim())) {
    if (entry === '') continue;
    const at = entry.indexOf('=');
    const name = entry.slice(0, Math.max(at, 0)).trim();
    const value = entry.slice(at + 1).trim();
    if (at < 1 || value === '' || !labelName.test(name) || name.startsWith('__')) {
      throw new RuntimeError('usage', `--label "${entry}" is not name=value with a label name such as cls or ins`);
    }
    labels[name] = value;
  }
  return labels;
}

/** Throws RuntimeError('usage') when a constant label would appear twice on a series. */
export function refuseLabelConflicts(
  labels: Readonly<Record<string, string>>,
  collectors: readonly AnyCollector[],
  hasSelfMetrics: boolean,
): void {
  const taken = new Map<string, string>();
  for (const collector of collectors) {
    for (const name of Object.keys(collector.labels)) taken.set(name, `collector ${collector.id}`);
    // Only the buckets have it, but a constant label would be on them too.
    if (Object.keys(collector.histograms ?? {}).length > 0)
      taken.set('le', `the histogram of collector ${collector.id}`);
  }
  if (hasSelfMetrics) for (const name of ['datname', 'query']) taken.set(name, 'the self metrics');
  for (const name of Object.keys(labels)) {
    const owner = taken.get(name);
    if (owner !== undefined) {
      throw new RuntimeError('usage', `--label ${name}: ${owner} has a label of that name; choose another`);
    }
  }
}
