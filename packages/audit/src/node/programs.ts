/**
 * Programs the collector may run, each with the words its first argument may be. All of them only read. `postgres` is
 * looked for beside the server's other programs first.
 */
export const programs: Readonly<Record<string, readonly string[]>> = Object.freeze({
  'apt-get': ['-s'],
  'apt-cache': ['policy'],
  auditctl: ['-s', '-l'],
  chronyc: ['-c'],
  dnf: ['-C'],
  'dpkg-query': ['-W', '-S'],
  etcd: ['--version'],
  'fail2ban-client': ['status'],
  'firewall-cmd': ['--state', '--get-default-zone', '--list-all-zones'],
  haproxy: ['-v'],
  'iptables-save': ['-t'],
  'ip6tables-save': ['-t'],
  mokutil: ['--sb-state'],
  nft: ['-j'],
  patroni: ['--version'],
  pgbackrest: ['info', 'version'],
  pgbouncer: ['--version'],
  postgres: ['--version'],
  rpm: ['-qa', '-qf'],
  sshd: ['-T'],
  systemctl: ['show', 'list-timers'],
  timedatectl: ['show'],
  ufw: ['status'],
});

/** Where they are looked for; never the caller's PATH. */
export const programPath = '/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin';
