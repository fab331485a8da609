// The longest time in which the exporter's event loop did nothing else.
import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { countSeries, get, stopChild } from './contestant.mjs';
import { median } from './statistics.mjs';

/** Median and highest of the longest stall in each of some scrapes, in ms. */
export async function measureStall({ dsn, synthetic, scrapes }) {
  const child = fork(fileURLToPath(new URL('./stall-child.mjs', import.meta.url)), [
    JSON.stringify({ url: dsn, synthetic }),
  ]);
  const told = () =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the exporter that watches its event loop ended'));
      child.once('exit', gone);
      child.once('message', (message) => {
        child.off('exit', gone);
        resolve(message);
      });
    });
  try {
    const { port } = await told();
    const longest = [];
    let series = 0;
    for (let at = -2; at < scrapes; at += 1) {
      const ready = told();
      child.send('reset');
      await ready;
      series = countSeries((await get(port, '/metrics')).text);
      const read = told();
      child.send('read');
      const { longestMs } = await read;
      // The first two also compile the program.
      if (at >= 0) longest.push(longestMs);
      await sleep(300);
    }
    return { series, medianMs: median(longest), highestMs: Math.max(...longest), scrapes };
  } finally {
    await stopChild(child);
  }
}
