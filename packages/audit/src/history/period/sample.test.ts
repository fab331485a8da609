import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { drawSample } from './sample.ts';

const ids = Array.from({ length: 200 }, (_, index) => `run-${index}`);

test('the same seed draws the same sample from the same list in any order, another seed another', () => {
  const sample = drawSample(ids, 25, 'seed');
  expect(sample).toMatchObject({ population: 200 });
  expect(new Set(sample.ids).size).toBe(25);
  expect(drawSample(ids.toReversed(), 25, 'seed')).toEqual(sample);
  expect(drawSample(ids, 25, 'other').ids).not.toEqual(sample.ids);
});

test('a smaller sample is the begin of a larger one, and one larger than the list is the list', () => {
  expect(drawSample(ids, 5, 'seed').ids).toEqual(drawSample(ids, 25, 'seed').ids.slice(0, 5));
  expect(drawSample(ids, 1000, 'seed').ids.toSorted()).toEqual(ids.toSorted());
  expect(drawSample([], 25, 'seed')).toEqual({ population: 0, ids: [] });
});

test('a reader draws it again with a shell', () => {
  const script = `for id in ${ids.slice(0, 20).join(' ')}; do printf '%s %s\\n' "$(printf '%s\\n%s' 'it is' "$id" | sha256sum | cut -c1-64)" "$id"; done | sort | head -n 5 | cut -d' ' -f2`;
  const drawn = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  expect(drawSample(ids.slice(0, 20), 5, 'it is').ids).toEqual(drawn);
});
