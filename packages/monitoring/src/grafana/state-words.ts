import type { MetricRef } from '@pgattest/catalog';
import type { ValueWords } from './panel.ts';

/** Words of a state metric for a panel; states named `streaming` or `reserved` are good, the others neutral. */
export function stateWords({ states = {} }: MetricRef): ValueWords {
  return Object.fromEntries(
    Object.entries(states).map(([value, text]) => [
      value,
      { text, colour: text === 'streaming' || text === 'reserved' ? 'green' : 'orange' },
    ]),
  );
}
