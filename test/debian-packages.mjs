// The Debian packages whose programs the tests run against, and which program of each is looked for.
// Plain JavaScript: `npm run verify` reads it before anything is installed.

/** Programs that the unit, contract and end-to-end tests start or call. */
export const testPrograms = [
  { program: 'psql', debian: 'postgresql-client' },
  { program: 'openssl', debian: 'openssl' },
  { program: 'jq', debian: 'jq' },
  { program: 'curl', debian: 'curl' },
  { program: 'pgrep', debian: 'procps' },
  { program: 'systemd-analyze', debian: 'systemd' },
  { program: '/usr/lib/postgresql/15/bin/postgres', debian: 'postgresql-15' },
  { program: 'pgbouncer', debian: 'pgbouncer' },
  { program: 'haproxy', debian: 'haproxy' },
  { program: 'pgbackrest', debian: 'pgbackrest' },
  { program: 'vmalert', debian: 'victoria-metrics' },
  { program: 'prometheus-alertmanager', debian: 'prometheus-alertmanager' },
  { program: 'amtool', debian: 'prometheus-alertmanager' },
  { program: 'etcd', debian: 'etcd-server' },
  { program: 'etcdctl', debian: 'etcd-client' },
  // Reports are laid out for print in it, the Chinese ones with its characters.
  { program: 'chromium', debian: 'chromium' },
  { program: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', debian: 'fonts-noto-cjk' },
];

/** Programs of the lab: the high-availability suite starts them, in namespaces of its own. */
export const labPrograms = [
  { program: '/usr/share/postgresql/15/extension/pgaudit.control', debian: 'postgresql-15-pgaudit' },
  { program: 'etcd', debian: 'etcd-server' },
  { program: 'etcdctl', debian: 'etcd-client' },
  { program: 'patroni', debian: 'patroni' },
  // Patroni's etcd client needs it as soon as etcd speaks TLS; the package only recommends it.
  { program: '/usr/lib/python3/dist-packages/idna/__init__.py', debian: 'python3-idna' },
  { program: 'victoria-metrics', debian: 'victoria-metrics' },
  { program: 'vmalert', debian: 'victoria-metrics' },
  { program: 'prometheus-alertmanager', debian: 'prometheus-alertmanager' },
  { program: 'faketime', debian: 'faketime' },
  { program: 'ip', debian: 'iproute2' },
  { program: 'unshare', debian: 'util-linux' },
];
