import type { MetricRef } from '@pgattest/catalog';

/** Number that stands for `word` in a state metric; a word the metric does not have fails the build of the rules. */
export function stateValue({ name, states = {} }: MetricRef, word: string): number {
  const found = Object.entries(states).find(([, text]) => text === word);
  if (found === undefined) throw new Error(`${name} has no state "${word}", only ${Object.values(states).join(', ')}`);
  return Number(found[0]);
}
