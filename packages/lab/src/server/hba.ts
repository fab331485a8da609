/**
 * pg_hba.conf of a demo node: one narrow rule per role, TLS for everything that crosses a socket with an address,
 * the superuser on the Unix socket alone.
 */
export function renderHba(): string {
  const rules = [
    ['# TYPE', 'DATABASE', 'USER', 'ADDRESS', 'METHOD'],
    ['local', 'all', 'postgres', '', 'scram-sha-256'],
    ['hostssl', 'replication', 'replicator', '127.0.0.1/32', 'scram-sha-256'],
    ['hostssl', 'postgres,app', 'pgattest_monitor', '127.0.0.1/32', 'scram-sha-256'],
    ['hostssl', 'postgres,app', 'pgattest_auditor', '127.0.0.1/32', 'scram-sha-256'],
    ['hostssl', 'app', 'app_rw', '127.0.0.1/32', 'scram-sha-256'],
  ];
  const widths = [14, 14, 18, 14, 0];
  const line = (columns: readonly string[]): string =>
    columns
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('')
      .trimEnd();
  return `${rules.map(line).join('\n')}\n`;
}
