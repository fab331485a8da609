import {
  createLogger,
  exitCode,
  formatListenAddress,
  parseDurationMs,
  urlOf,
  type CommandSpec,
  type LogFormat,
  type LogLevel,
} from '@pgattest/runtime';
import { startAuditor } from '../service/start.ts';
import { findText, overrideOptions, readSettings, sourceOptions } from './source.ts';

/** `pgattest audit serve`: the auditor as a service. */
export const serveCommand: CommandSpec = {
  name: 'serve',
  summary: 'audit at an interval and serve reports and metrics',
  example: 'pgattest audit serve --config audit.yml --listen 127.0.0.1:9855 --interval 1h',
  options: [
    ...sourceOptions,
    ...overrideOptions,
    {
      flags: '--listen <address>',
      summary: 'host:port to serve on; 127.0.0.1:9855 by default',
      env: 'PGATTEST_AUDIT_LISTEN',
    },
    { flags: '--interval <duration>', summary: 'time between two audits; 1h by default' },
    {
      flags: '--port-fallback <count>',
      summary: 'how many following ports to try when that one is taken',
      default: '0',
    },
    { flags: '--log-level <level>', summary: 'least level that is logged', default: 'info', choices: [...levels()] },
    { flags: '--log-format <format>', summary: 'form of the log on stderr', default: 'json', choices: [...formats()] },
  ],
  async run(context) {
    const settings = await readSettings(context);
    const { options } = context;
    const interval = findText(options, 'interval');
    const logger = createLogger({
      level: levels().find((level) => level === options['logLevel']) ?? 'info',
      format: formats().find((format) => format === options['logFormat']) ?? 'json',
      stream: context.stderr,
    });
    const auditor = await startAuditor({
      settings: {
        ...settings,
        listen: findText(options, 'listen') ?? settings.listen,
        intervalMs: interval === undefined ? settings.intervalMs : parseDurationMs(interval),
      },
      env: context.env,
      logger,
      portFallback: Number(findText(options, 'portFallback') ?? '0'),
    });
    for (const address of auditor.addresses) {
      logger.info('listening', { address: formatListenAddress(address), url: `${urlOf(address)}/` });
    }
    await new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve();
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await auditor.close();
    logger.info('stopped');
    return exitCode.ok;
  },
};

function levels(): readonly LogLevel[] {
  return ['error', 'warn', 'info', 'debug'];
}

function formats(): readonly LogFormat[] {
  return ['json', 'logfmt', 'pretty'];
}
