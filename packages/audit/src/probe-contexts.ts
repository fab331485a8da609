import type { HttpTarget, LoginMemory, PgbouncerConsole, PgSession, PgTarget } from '@pgattest/connect';
import type { AuditorIdentity } from './inventory/auditor-identity.ts';
import type { ClusterContext } from './inventory/cluster-context.ts';
import type { NodeAccess } from './node/access.ts';

/**
 * What a probe gets to look with, by kind of subject. Where it is a target, the probe opens and closes what it needs
 * through `@pgattest/connect`, within its signal. Targets hold Secrets and never leave the process.
 */
export interface ProbeContexts {
  /** What is declared of the cluster, and where else its members can be read. */
  readonly cluster: ClusterContext;
  /** One open, read-only session per instance, shared by its probes, which run one after the other. */
  readonly instance: {
    readonly pg: PgSession;
    readonly target: PgTarget;
    /** Central store of the logs, where a line of this server should arrive. */
    readonly logs?: HttpTarget | undefined;
    /** What the logins of this audit share. */
    readonly logins?: LoginMemory;
  };
  readonly patroni: { readonly target: HttpTarget };
  /** One member of etcd: its client address, with the credentials of a user that may read the cluster's keys. */
  readonly etcd: {
    readonly target: HttpTarget;
    /** Keys below it belong to the audited cluster, with both slashes: `/pg/pg-test/`. */
    readonly prefix: string;
  };
  readonly haproxy: {
    /** Address of the statistics page: `http://10.0.0.2:9101/`; its CSV is at `/;csv`, metrics at `/metrics`. */
    readonly stats: HttpTarget;
    /** Services as they are declared: the listener's name in haproxy.cfg, and where clients connect. */
    readonly services: readonly HaproxyService[];
  };
  /** One open session on the admin console, shared by the probes of that PgBouncer. */
  readonly pgbouncer: { readonly console: PgbouncerConsole; readonly target: PgTarget };
  /** Files and commands of one host, on that host; or what `pgattest audit collect-node` brought from there. */
  readonly node: { readonly node: NodeAccess };
  readonly monitoring: {
    /** Prometheus or VictoriaMetrics, vmalert where that evaluates the rules, Alertmanager. */
    readonly prometheus: HttpTarget | undefined;
    readonly rules: HttpTarget | undefined;
    readonly alertmanager: HttpTarget | undefined;
    readonly logs?: HttpTarget | undefined;
  };
  /** Folders that the auditor's own host keeps. */
  readonly records: {
    readonly cluster: string;
    readonly drillDir: string | undefined;
    readonly evidenceDir: string | undefined;
    /** File of the public key that drill certificates are verified with: the `.pub` that "pgattest drill keygen" wrote. */
    readonly drillPublicKey?: string | undefined;
    /** File of approved and pending changes. */
    readonly changesFile?: string | undefined;
    /** Folder with the approved facts of hosts. */
    readonly baselineDir?: string | undefined;
    /** Only of a run that is filed. */
    readonly auditor?: AuditorIdentity | undefined;
  };
}

export interface HaproxyService {
  readonly name: string;
  readonly role: 'primary' | 'replica' | 'default' | 'offline';
  readonly host: string;
  readonly port: number;
}
