import { expect, test } from 'vitest';
import { durationWords, verdictWords } from '../period/words.ts';
import { en } from './en.ts';
import { sideBySide } from './side-by-side.ts';
import { zh } from './zh.ts';

/** Groups of digits of a text, in any order: the two languages put words elsewhere. */
const digitsOf = (text: string): readonly string[] => (text.match(/\d+/gu) ?? []).toSorted();

/** Messages that take a list first, and the word of a state. */
const ofLists: Readonly<Record<string, (value: number) => readonly unknown[] | string>> = {
  '.text.silent': (value) => [`pg-test-${value}`],
  '.scope.notExamined': () => ['patroni', 'node'],
  '.findings.waivedFrom': () => 'fail',
};

/** Every text of a tree of messages by its path; what takes arguments is asked with these. */
function textsOf(tree: unknown, args: readonly number[], path = ''): readonly (readonly [string, string])[] {
  if (typeof tree === 'string') return [[path, tree]];
  if (typeof tree === 'function') {
    return [
      [
        path,
        String(
          Reflect.apply(
            tree,
            undefined,
            args.map((value): unknown => (ofLists[path] ?? Number)(value)),
          ),
        ),
      ],
    ];
  }
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => textsOf(value, args, `${path}.${key}`));
}

test.each([0, 1, 11])('every message says the same numbers in both languages, about %i and more', (number) => {
  const args = [number, number + 2, number + 6];
  const english = textsOf(en, args);
  const chinese = new Map(textsOf(zh, args));
  const beside = new Map(textsOf(sideBySide(), args));
  expect(english.length).toBeGreaterThan(200);
  expect(english.filter(([, text]) => digitsOf(text).length > 0).length).toBeGreaterThan(15);
  for (const [path, text] of english) expect([path, digitsOf(chinese.get(path) ?? '')]).toEqual([path, digitsOf(text)]);
  const ofOneLanguage = ['.tag', '.listSeparator', '.colon'];
  for (const [path, text] of english.filter(([key]) => !ofOneLanguage.includes(key))) {
    const other = chinese.get(path) ?? '';
    const both = text.endsWith('.') ? `${text}\n${other}` : `${text} / ${other}`;
    expect([path, beside.get(path)]).toEqual([path, text === other ? text : both]);
  }
});

test('what a period says in words has the same numbers in both languages', () => {
  const minute = 60_000;
  const durations = [0, 1, 59, 60, 61, 1439, 1440, 1500, 2885, 100_000].map((count) => durationWords(count * minute));
  const verdicts = [0, 1, 2, 17].flatMap((count) => verdictWords(count, count + 1, count + 3, count + 5));
  for (const { en: english, zh: chinese } of [...durations, ...verdicts])
    expect(digitsOf(chinese)).toEqual(digitsOf(english));
  expect(verdicts.length).toBeGreaterThan(12);
});
