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
  return (
    rules
      .map((columns) => `${columns.map((text, at) => text.padEnd(at === 2 ? 18 : 14)).join('')}`.trimEnd())
      .join('\n') + '\n'
  );
}
