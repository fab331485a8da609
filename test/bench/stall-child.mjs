// The exporter inside a process that watches its own event loop; the parent asks over HTTP and reads over IPC.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectors } from '@pgattest/catalog';
import { createLogger, loadService } from '@pgattest/runtime';
import { syntheticCollectors } from './synthetic.mjs';

// As the programs load it: with generations that stay small.
const { startPgExporter } = await loadService(() => import('@pgattest/exporter'));
const { url, synthetic } = JSON.parse(process.argv[2] ?? '{}');
const resolutionMs = 1;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
const exporter = await startPgExporter({
  url,
  env: {},
  listen: [{ host: '127.0.0.1', port: 0 }],
  disableCache: true,
  logger: createLogger({ level: 'error', format: 'logfmt', stream: process.stderr }),
  ...(synthetic === undefined ? {} : { collectors: [...collectors, ...syntheticCollectors(synthetic)] }),
});
process.on('message', (message) => {
  if (message === 'reset') {
    delay.disable();
    delay.reset();
    delay.enable();
    process.send?.({ ready: true });
  }
  if (message === 'read') {
    delay.disable();
    // A timer that is never late still takes its own period.
    process.send?.({ longestMs: Math.max(0, delay.max / 1e6 - resolutionMs) });
  }
});
process.once('disconnect', () => {
  void exporter.close().then(() => process.exit());
});
process.send?.({ port: exporter.addresses[0]?.port });
