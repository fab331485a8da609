import type { OptionSpec } from '@pgattest/runtime';

/** Where to listen and how to protect it: the flags of every Prometheus exporter. `listen` is the default to show. */
export function webFlags(listen: string): readonly OptionSpec[] {
  return [
    { flags: '--web.listen-address <address...>', summary: `where to serve (default: "${listen}")` },
    { flags: '--web.systemd-socket', summary: 'serve the sockets systemd passes on instead' },
    { flags: '--web.config.file <file>', summary: 'TLS, client certificates, users, headers, rate limit' },
  ];
}

/** How to log. */
export const logFlags: readonly OptionSpec[] = [
  { flags: '--log.level <level>', summary: 'debug, info, warn or error', default: 'info' },
  { flags: '--log.format <format>', summary: 'logfmt, json or pretty', default: 'logfmt' },
];

/** What the shell of our exporters can do beyond those of others; `targets` is what /probe asks. */
export function shellFlags(targets: string): readonly OptionSpec[] {
  return [
    { flags: '--port-fallback <n>', summary: 'try the next n ports when one is taken', default: '0' },
    { flags: '--web.get-reload', summary: 'take GET /reload for a reload, as pg_exporter does' },
    { flags: '--probe.targets <file>', summary: `${targets} that /probe?target=NAME may ask` },
  ];
}
