// One exporter, scraped at a steady interval for a long time: does its memory stay where it is?
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countSeries, get, startOurs } from './contestant.mjs';
import { cpuSeconds, residentMiB } from './process-use.mjs';
import { fillServer, monitorDsn, startServer } from './server.mjs';

/** Runs until the time is over or the signal comes; prints a line a minute and a summary as Markdown. */
export async function soak({ minutes, everyMs, databases, tables, flags, signal, say }) {
  const cluster = await startServer();
  let ours;
  const minutely = [];
  try {
    await fillServer(cluster, { databases, tables });
    const writer = cluster.startWriter({ everyMs: 100 });
    const logFile = join(mkdtempSync(join(tmpdir(), 'pgattest-soak-')), 'exporter.log');
    ours = await startOurs({ dsn: monitorDsn(cluster), logFile, flags });
    say(
      `soak: pid ${ours.pid}, ${databases} databases, ${tables} tables, every ${everyMs} ms, ${minutes} min, log ${logFile}`,
    );
    const began = performance.now();
    const wall = [];
    let failed = 0;
    let series = 0;
    let next = began;
    let minute = 0;
    while (!signal.aborted && performance.now() - began < minutes * 60_000) {
      try {
        const { status, text, wallMs } = await get(ours.port, '/metrics', { timeoutMs: 15_000 });
        if (status !== 200 || !/^pg_up(\{[^}]*\})? 1$/m.test(text)) failed += 1;
        series = countSeries(text);
        wall.push(wallMs);
      } catch {
        failed += 1;
      }
      const elapsed = performance.now() - began;
      if (elapsed >= (minute + 1) * 60_000) {
        minute = Math.floor(elapsed / 60_000);
        const line = {
          minute,
          rss: residentMiB(ours.pid),
          cpu: cpuSeconds(ours.pid),
          series,
          scrapes: wall.length,
          failed,
        };
        minutely.push(line);
        say(
          `minute ${minute}: rss ${line.rss.toFixed(1)} MiB, cpu ${line.cpu.toFixed(1)} s, ${series} series, ${wall.length} scrapes, ${failed} failed`,
        );
      }
      next += everyMs;
      await sleep(Math.max(0, next - performance.now()), undefined, { signal }).catch(() => {});
    }
    const seconds = (performance.now() - began) / 1000;
    const end = residentMiB(ours.pid);
    const at = (wanted) => minutely.find(({ minute: is }) => is === wanted)?.rss;
    const sorted = wall.toSorted((a, b) => a - b);
    const cpu = cpuSeconds(ours.pid);
    await writer.stop();
    say('');
    say(
      '| soak | scrapes (failed) | series | RSS minute 10 | RSS end | highest of minutes | scrape p50 / p95 | CPU per scrape |',
    );
    say('| --- | --- | --- | --- | --- | --- | --- | --- |');
    say(
      `| ${(seconds / 60).toFixed(1)} min | ${wall.length} (${failed}) | ${series} | ${at(10)?.toFixed(1) ?? '-'} MiB | ${end.toFixed(1)} MiB | ${Math.max(end, ...minutely.map(({ rss }) => rss)).toFixed(1)} MiB | ${sorted[Math.floor(sorted.length * 0.5)]?.toFixed(0)} / ${sorted[Math.floor(sorted.length * 0.95)]?.toFixed(0)} ms | ${((cpu / wall.length) * 1000).toFixed(1)} ms |`,
    );
  } finally {
    await ours?.stop();
    await cluster.stop();
  }
}
