import type { Text } from '../text.ts';

/** Names for a sentence, the first few and a count of the rest: `a, b and 3 more`, `a、b 等 5 个`. */
export function nameList(names: readonly string[], shown = 5): Text {
  const head = names.slice(0, shown);
  const rest = names.length - head.length;
  return rest === 0
    ? { en: head.join(', '), zh: head.join('、') }
    : { en: `${head.join(', ')} and ${rest} more`, zh: `${head.join('、')} 等 ${names.length} 个` };
}

/** Most rows that a piece of evidence lists; statements carry the same LIMIT, the reason carries the full count. */
export const evidenceRows = 20;
