import type { ResultSet } from '@pgattest/connect';
import type { Family } from '@pgattest/runtime';
import { seriesPerTurn, takeBreath } from './exposition-turns.ts';
import type { PlannedCollector } from './plan.ts';
import { rowsToFamilies, type Conversion, type ConversionRules } from './rows.ts';

/**
 * `rowsToFamilies`, letting others run in between when there is much. A result with distributions is converted at
 * once: its rows are not exposed one by one.
 */
export async function convertInTurns(
  { collector, variant }: PlannedCollector,
  result: ResultSet,
  rules: ConversionRules = {},
): Promise<Conversion> {
  const { maxSeries = Infinity, ...each } = rules;
  const columns = Math.max(1, Object.keys(collector.metrics).length);
  const rowsPerTurn = Math.max(1, Math.floor(seriesPerTurn / columns));
  const hasHistograms = Object.keys(collector.histograms ?? {}).length > 0;
  if (hasHistograms || result.rows.length <= rowsPerTurn) {
    return rowsToFamilies(collector, variant, result, rules);
  }
  let whole = rowsToFamilies(collector, variant, { ...result, rows: [] });
  const samples = whole.families.map((family) => ({ family, samples: [...family.samples] }));
  const keptRows = Math.max(1, Math.floor(maxSeries / Math.max(1, whole.families.length)));
  const rows = result.rows.slice(0, keptRows);
  const unreadable: Record<string, number> = {};
  for (let at = 0; at < rows.length; at += rowsPerTurn) {
    const part = rowsToFamilies(collector, variant, { ...result, rows: rows.slice(at, at + rowsPerTurn) }, each);
    for (const [index, family] of part.families.entries()) samples[index]?.samples.push(...family.samples);
    for (const [key, count] of Object.entries(part.unreadable)) unreadable[key] = (unreadable[key] ?? 0) + count;
    whole = { ...whole, samples: whole.samples + part.samples };
    await takeBreath();
  }
  const families = samples.map(({ family, samples: all }): Family => ({ ...family, samples: all }));
  return { ...whole, families, unreadable, cut: (result.rows.length - rows.length) * families.length };
}
