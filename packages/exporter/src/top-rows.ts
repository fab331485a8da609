import type { AnyCollector } from '@pgattest/catalog';
import type { ResultSet } from '@pgattest/connect';
import type { Family } from '@pgattest/runtime';
import { labelText, numberOf, type Place, type Row } from './cell.ts';
import { convertInTurns } from './convert-turns.ts';
import { addOthers, noOthers, type OtherMemory, type OtherRow } from './other-sums.ts';
import type { PlannedCollector } from './plan.ts';
import type { Conversion, ConversionRules } from './rows.ts';
import { chooseTop, type ShownKeys, type TopCounts } from './top-k.ts';

interface Memory {
  /** Undefined: whatever is shown next, nothing came or went. */
  readonly shown: ShownKeys | undefined;
  readonly others: OtherMemory;
  readonly counts: TopCounts;
}

interface Cut {
  readonly result: ResultSet;
  readonly others: readonly Family[];
  readonly counts: TopCounts | undefined;
}

const newMemory: Memory = Object.freeze({
  shown: undefined,
  others: noOthers,
  counts: { entered: 0, left: 0, hidden: 0 },
});

/** The rows of one database that are shown, from one result to the next; the only place where they are remembered. */
export class TopRows {
  readonly #memories = new Map<string, Memory>();

  /** The next result of each collector is taken for its first; counts stay. */
  forget(): void {
    for (const [name, memory] of this.#memories) {
      this.#memories.set(name, { ...newMemory, counts: { ...memory.counts, hidden: 0 } });
    }
  }

  /** `convertInTurns` of the rows that are shown, with the sums of the others. */
  async convert(planned: PlannedCollector, result: ResultSet, rules: ConversionRules): Promise<Conversion> {
    const cut = this.#cut(planned, result);
    const conversion = await convertInTurns(planned, cut.result, rules);
    if (cut.counts === undefined) return conversion;
    return {
      ...conversion,
      families: [...conversion.families, ...cut.others],
      samples: cut.others.reduce((sum, { samples }) => sum + samples.length, conversion.samples),
      top: cut.counts,
    };
  }

  #cut({ name, collector, variant }: PlannedCollector, result: ResultSet): Cut {
    const { topK } = collector;
    const whole: Cut = { result, others: [], counts: undefined };
    if (topK === undefined) return whole;
    const places = new Map<string, Place>(
      result.columns.map((column, index) => [column.name, { index, typeOid: column.typeOid }]),
    );
    const labelPlace = (label: string): Place | undefined => places.get(variant.columns?.labels?.[label] ?? label);
    const valuePlace = (key: string): Place | undefined => places.get(variant.columns?.values?.[key] ?? key);
    const labels = Object.keys(collector.labels).map(labelPlace);
    // Without a label nothing is converted either, which says so.
    if (!labels.every((place) => place !== undefined)) return whole;
    const ranking = valuePlace(topK.rankedBy);
    const keys = result.rows.map((row) => JSON.stringify(labels.map((place) => labelText(row, place))));
    const candidates = keys.map((key, at) => ({
      key,
      weight: ranking === undefined ? -at : numberAt(result.rows[at] ?? [], ranking),
    }));
    const memory = this.#memories.get(name) ?? newMemory;
    const choice = chooseTop(candidates, memory.shown, topK);
    const counts = {
      entered: memory.counts.entered + choice.entered,
      left: memory.counts.left + choice.left,
      hidden: choice.hidden,
    };
    const summed = Object.keys(collector.o).filter((key) => valuePlace(key) !== undefined);
    const groups = (topK.otherBy ?? []).map(labelPlace).filter((place) => place !== undefined);
    const readOther = (row: Row, at: number): OtherRow => ({
      key: keys[at] ?? '',
      labels: groups.map((place) => labelText(row, place)),
      counters: summed.map((key) => numberAt(row, valuePlace(key), collector.metrics[key]?.scale)),
    });
    const others =
      summed.length === 0 ? noOthers : addOthers(memory.others, result.rows.map(readOther), memory.shown, choice.shown);
    this.#memories.set(name, { shown: choice.shown, others, counts });
    return {
      result: { ...result, rows: result.rows.filter((_row, at) => choice.shown.has(keys[at] ?? '')) },
      others: otherFamilies(collector, summed, others),
      counts,
    };
  }
}

function numberAt(row: Row, place: Place | undefined, scale = 1): number {
  const text = place === undefined ? null : (row[place.index] ?? null);
  if (text === null || place === undefined) return Number.NaN;
  return (numberOf(text, place) ?? Number.NaN) * scale;
}

function otherFamilies(collector: AnyCollector, summed: readonly string[], { sums }: OtherMemory): readonly Family[] {
  return summed.flatMap((key, at): readonly Family[] => {
    const metric = collector.o[key];
    if (metric === undefined) return [];
    const samples = [...sums.values()].map(({ labels, counters }) => ({ labels, value: counters[at] ?? 0 }));
    return [{ name: metric.name, kind: metric.kind, help: metric.help, labelNames: metric.labels, samples }];
  });
}
