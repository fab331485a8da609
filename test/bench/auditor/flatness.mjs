// Whether memory stays where it is.
import { median } from '../statistics.mjs';

/** Share of the samples at the start that are left out: modules load and the heap finds its size. */
const warmUp = 0.1;

/** Medians of resident memory (MiB) over both halves of a run, and the growth from one to the other as a share. */
export function flatnessOf(samples) {
  const settled = samples.slice(Math.ceil(samples.length * warmUp)).map(({ resident }) => resident);
  const middle = Math.floor(settled.length / 2);
  const [first, second] = [median(settled.slice(0, middle)), median(settled.slice(middle))];
  return { firstHalf: first, secondHalf: second, growth: second / first - 1 };
}
