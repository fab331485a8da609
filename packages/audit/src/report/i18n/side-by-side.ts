import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { zh } from './zh.ts';

/** Words of two languages beside each other, `Findings / 检查发现`; whole sentences stand on lines of their own. */
export const besideEachOther = (first: string, second: string): string =>
  first === second ? first : first.endsWith('.') ? `${first}\n${second}` : `${first} / ${second}`;

/** The words of a page that shows both languages. Signs between words stay those of English. */
export const sideBySide = (): Messages => ({
  ...paired(en, zh),
  tag: en.tag,
  listSeparator: en.listSeparator,
  colon: en.colon,
});

/** Two trees of the same words and functions of words as one tree. */
function paired<T>(first: T, second: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each kind of value gives a value of that kind
  return pairOf(first, second) as T;
}

function pairOf(first: unknown, second: unknown): unknown {
  if (typeof first === 'string') return besideEachOther(first, String(second));
  if (isFunction(first) && isFunction(second)) {
    return (...args: readonly unknown[]) => pairOf(first(...args), second(...args));
  }
  if (!isTree(first) || !isTree(second)) return first;
  return Object.fromEntries(Object.entries(first).map(([key, value]) => [key, pairOf(value, second[key])]));
}

const isFunction = (value: unknown): value is (...args: readonly unknown[]) => unknown => typeof value === 'function';
const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
