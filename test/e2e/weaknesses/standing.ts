/** Why a check stays red in a lab that is hardened as far as a lab can be. */
interface StandingFinding {
  /**
   * `lab`: the lab is built so, and the check finds it in every one. `machine`: true of the machine that the lab runs on
   * and borrows its kernel, packages and accounts from; another machine may be without it.
   */
  readonly of: 'lab' | 'machine';
  readonly why: string;
}

const lab = (why: string): StandingFinding => ({ of: 'lab', why });
const machine = (why: string): StandingFinding => ({ of: 'machine', why });

const machineOnly = 'the machine of a developer or of CI is no hardened host';

/** Checks that are red in the hardened lab, each with its reason. */
export const standingFindings: Readonly<Record<string, StandingFinding>> = {
  'backup-scheduled': lab('nothing runs by the clock in a lab that lives for minutes'),
  'backup-wal-continuous': lab('a lab minutes old has no WAL of last week'),
  'cluster-etcd-snapshot': lab('nobody copies the etcd of a lab that lives for minutes'),
  'cluster-failover-drilled': lab('nobody has drilled in a lab minutes old'),
  'cluster-haproxy-redundant': lab('one HAProxy: two would need an address that moves'),
  'cluster-time-synchronized': machine(machineOnly),
  'haproxy-replica-lag-limit': lab('the services are those of Pigsty, whose replicas are taken however late they are'),
  'haproxy-stats-login': lab('the statistics page has no TLS and its metrics no login, as in Pigsty'),
  'monitoring-consoles-secured': lab('VictoriaMetrics, vmalert and Alertmanager of the lab serve HTTP without a login'),
  'node-access-control-enforcing': machine(machineOnly),
  'node-account-policy': machine(machineOnly),
  'node-audit-daemon': machine(machineOnly),
  'node-backup-encrypted': lab('one repository of the lab is encrypted and one is not, so that both kinds are there'),
  'node-backup-log-shipped': lab('no collector of logs runs on the hosts of the lab'),
  'node-backup-off-host': lab('all hosts of the lab are one machine'),
  'node-components-current': machine('Debian 12 has PgBouncer 1.18 and etcd 3.4'),
  'node-file-integrity': machine(machineOnly),
  'node-firewall-default-deny': machine(machineOnly),
  'node-login-blocking': machine(machineOnly),
  'node-malware-protection': machine(machineOnly),
  'node-minimal-installation': machine(machineOnly),
  'node-security-updates': machine(machineOnly),
  'node-trusted-boot': machine(machineOnly),
  'node-umask-strict': machine(machineOnly),
  'node-volumes-encrypted': machine(machineOnly),
  'patroni-rest-tls': lab('Patroni of the lab serves HTTP: every health check of HAProxy would need TLS'),
  'patroni-watchdog': lab('a namespace has no watchdog device'),
  'pg-escalation-logged': lab('set_user is not loaded, and who administers the lab is a superuser'),
  'pg-objects-owned-by-groups': lab('the owner of the tables may log in, so that tests can change them'),
  'pg-password-complexity': lab('credcheck is not in Debian; passwordcheck knows few rules'),
  'pg-password-reuse-prevented': lab('credcheck is not in Debian'),
  'pgbouncer-console-limited': lab('PgBouncer 1.18 of Debian lets who reads statistics end clients'),
  'pgbouncer-expiry-enforced': lab('the console of PgBouncer takes its users from a list, which knows no end'),
  'pgbouncer-no-known-flaw': machine('Debian 12 has PgBouncer 1.18'),
  'pgbouncer-userlist-hashed': lab('PgBouncer logs in to look verifiers up, and SCRAM wants that password readable'),
  'records-alert-drilled': lab('nobody has drilled in a lab minutes old'),
  'records-structure-verified': lab('nobody has drilled in a lab minutes old'),
  'records-restore-proven': lab('nobody has drilled in a lab minutes old'),
};

/** What the lab has not, so that nothing about it can be decided: by probe, each with its reason. */
export const notInTheLab: Readonly<Record<string, string>> = {
  'monitoring.log-store': 'VictoriaLogs and Loki are not in Debian 12',
  'monitoring.log-streams': 'VictoriaLogs and Loki are not in Debian 12',
};
