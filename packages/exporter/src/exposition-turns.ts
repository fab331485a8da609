import { createExpositionWriter, type ConstantLabels, type Family } from '@pgattest/runtime';

/** Series handled without letting anything else run in between: some milliseconds. */
export const seriesPerTurn = 2000;
/** Text that is gathered before it becomes bytes: less would be many small buffers, more a deep string to flatten. */
const charactersPerPart = 65_536;

/** Lets everything else run that waits. */
export function takeBreath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Families as text in parts, each series with the constant labels; lets others run in between when there is much. The
 * parts are bytes outside the JavaScript heap, ready to be sent.
 */
export async function exposeInTurns(
  families: Iterable<Family>,
  constants: ConstantLabels,
): Promise<readonly Uint8Array[]> {
  const writer = createExpositionWriter(constants);
  const parts: Uint8Array[] = [];
  let text = '';
  let series = 0;
  for (const family of families) {
    const { length } = family.samples;
    if (length > 0) text += writer.header(family);
    for (let at = 0; at < length;) {
      const to = Math.min(length, at + seriesPerTurn - series);
      text += writer.samples(at, to);
      series += to - at;
      at = to;
      if (text.length >= charactersPerPart) {
        parts.push(Buffer.from(text));
        text = '';
      }
      if (series < seriesPerTurn) continue;
      series = 0;
      await takeBreath();
    }
  }
  parts.push(Buffer.from(text));
  return parts;
}
