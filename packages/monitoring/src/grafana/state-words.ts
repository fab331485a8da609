import type { MetricRef } from '@pgattest/catalog';
import type { Colour, ValueWords } from './panel.ts';
import { same } from './text.ts';

/** Words of a state metric, as PostgreSQL or pgBackRest spells them; those named in `good` are green, the rest orange. */
export function stateWords({ states = {} }: MetricRef, good: readonly string[]): ValueWords {
  const colourOf = (text: string): Colour => (good.includes(text) ? 'green' : 'orange');
  return Object.fromEntries(
    Object.entries(states).map(([value, text]) => [value, { text: same(text), colour: colourOf(text) }]),
  );
}
