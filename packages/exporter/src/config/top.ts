import type { TopK } from '@pgattest/catalog';
import { findNearest } from '@pgattest/runtime';
import type { Column } from './column.ts';
import type { Report } from './diagnostic.ts';
import { fieldsOf, type Fields } from './fields.ts';

/** Keys of `top`, which is ours: pg_exporter passes over it and shows every row. */
export const topKeys = ['rank_by', 'enters', 'stays', 'other_by'] as const;

/** Reads which rows of a branch are shown. Undefined when it does not say, or says it wrongly, which is reported. */
export function readTop(branch: Fields, columns: readonly Column[], report: Report): TopK<string, string> | undefined {
  const node = branch.map('top');
  if (node === undefined) return undefined;
  const fields = fieldsOf(node, `${branch.path}.top`, topKeys, report);
  const metrics = columns.filter(({ usage }) => usage === 'gauge' || usage === 'counter');
  const labels = columns.filter(({ usage }) => usage === 'label');
  const rankedBy = fields.text('rank_by') ?? '';
  const enters = fields.integer('enters') ?? 0;
  const stays = fields.integer('stays') ?? 2 * enters;
  const otherBy = fields.list('other_by')?.map((item) => (item.kind === 'scalar' ? item.text : ''));
  let refusals = 0;
  const refuse = (key: string, message: string, remedy: string): void => {
    refusals += 1;
    fields.error('bad-top', key, message, remedy);
  };
  const refuseUnknown = (key: string, name: string, what: string, known: readonly Column[]): void => {
    const names = known.map(({ exported }) => exported);
    if (names.includes(name)) return;
    const nearest = findNearest(name, names);
    const remedy = nearest === undefined ? `known are ${names.join(', ')}` : `did you mean ${nearest}?`;
    refuse(key, `${JSON.stringify(name)} is no ${what} of this branch`, remedy);
  };
  refuseUnknown('rank_by', rankedBy, 'metric', metrics);
  if (enters < 1) refuse('enters', `${enters} rows are none`, 'write how many rows of the highest rank are shown');
  if (stays < enters) refuse('stays', `${stays} is below enters, ${enters}`, `write ${2 * enters}, or leave it out`);
  for (const label of otherBy ?? []) refuseUnknown('other_by', label, 'label', labels);
  if (otherBy !== undefined && !metrics.some(({ usage }) => usage === 'counter')) {
    refuse('other_by', 'the branch has no COUNTER that could be summed', 'remove it');
  }
  return refusals === 0 ? { rankedBy, enters, stays, ...(otherBy === undefined ? {} : { otherBy }) } : undefined;
}
