/** The process behind a statistics page. What it does not tell (`stats hide-version`) is null. */
export interface HaproxyInfo {
  /** `2.6.12-1+deb12u4` */
  readonly version: string | null;
  /** Unix seconds; of the worker, so the last reload. */
  readonly startedAtSeconds: number | null;
  readonly uptimeSeconds: number | null;
  readonly mostConnections: number | null;
  readonly currentConnections: number | null;
}

/** Reads the exporter's answer or the statistics page in HTML; undefined when the text is neither. */
export function parseHaproxyInfo(text: string): HaproxyInfo | undefined {
  if (/^haproxy_process_/mu.test(text)) {
    const value = (name: string): number | null => {
      const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'mu').exec(text)?.[1];
      return found === undefined || !Number.isFinite(Number(found)) ? null : Number(found);
    };
    return {
      version: /^haproxy_process_build_info\{[^}]*version="([^"]+)"/mu.exec(text)?.[1] ?? null,
      startedAtSeconds: value('haproxy_process_start_time_seconds'),
      uptimeSeconds: value('haproxy_process_uptime_seconds'),
      mostConnections: value('haproxy_process_max_connections'),
      currentConnections: value('haproxy_process_current_connections'),
    };
  }
  if (!/Statistics Report for HAProxy|HAProxy version/u.test(text)) return undefined;
  const plain = text.replaceAll(/<[^>]*>|&nbsp;/gu, ' ');
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(plain)?.[1];
    return found === undefined ? null : Number(found);
  };
  const [, days, hours, minutes, seconds] = /uptime =\s*(\d+)d\s*(\d+)h\s*(\d+)m\s*(\d+)s/u.exec(plain) ?? [];
  return {
    version: /HAProxy version (\d[^\s,]*)/u.exec(plain)?.[1] ?? null,
    startedAtSeconds: null,
    uptimeSeconds:
      seconds === undefined
        ? null
        : ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds),
    mostConnections: number(/maxconn =\s*(\d+)/u),
    currentConnections: number(/current conns =\s*(\d+)/u),
  };
}
