import { identityOf, type LabMaterials } from '../materials.ts';
import type { StartTask } from '../plan.ts';
import type { RunResult, StackRun } from '../stack-run.ts';
import { etcdClientUrls } from './etcd.ts';
import { reasonOf } from './run-or-throw.ts';
import { LabError } from '../../errors.ts';

/** Prefix of all keys of a cluster in etcd, as Pigsty has it. */
export const patroniNamespace = '/pg';

/**
 * Switches on access control: `root`, and one user per cluster that reaches the keys of its own cluster and no others.
 * Running it again changes nothing.
 */
export function etcdAccessTask(materials: LabMaterials): StartTask {
  return {
    title: 'users and roles of etcd',
    timeoutMs: 120_000,
    run: async (run) => {
      const control = controlOf(materials, run);
      // Without access control a login is ignored, so that only a question without one tells.
      const anonymous = await control.as('nobody', ['user', 'list']);
      if (anonymous.code === 0) {
        for (const step of accessSteps(materials)) await control.apply(step);
      }
      const after = await control.as('root', ['user', 'list']);
      if (after.code !== 0) throw new LabError('start_failed', `etcd does not take its root user: ${reasonOf(after)}`);
      return anonymous.code === 0 ? `root, ${clustersOf(materials).join(', ')}` : 'already there';
    },
  };
}

/** One command of the set-up. */
export interface AccessStep {
  readonly args: readonly string[];
  /** Sent to the program's standard input. */
  readonly password?: string;
}

/** The commands in order; access control comes last, because from then on everything needs a login. */
export function accessSteps({ topology, secrets }: Pick<LabMaterials, 'topology' | 'secrets'>): readonly AccessStep[] {
  const grants = clustersOf({ topology }).flatMap((cluster): readonly AccessStep[] => [
    { args: ['role', 'add', cluster] },
    { args: ['role', 'grant-permission', cluster, '--prefix=true', 'readwrite', `${patroniNamespace}/${cluster}/`] },
    addUser(cluster, secrets.etcdPatroni),
    { args: ['user', 'grant-role', cluster, cluster] },
  ]);
  return [
    { args: ['role', 'add', 'root'] },
    addUser('root', secrets.etcdRoot),
    { args: ['user', 'grant-role', 'root', 'root'] },
    ...grants,
    { args: ['auth', 'enable'] },
  ];
}

function addUser(name: string, password: string): AccessStep {
  return { args: ['user', 'add', name, '--interactive=false'], password };
}

/** Scopes that need a user in etcd. */
function clustersOf({ topology }: Pick<LabMaterials, 'topology'>): readonly string[] {
  return [...new Set([...topology.members, ...topology.standbyMembers].map(({ cluster }) => cluster))];
}

interface EtcdControl {
  as(user: 'root' | 'nobody', args: readonly string[], input?: string): Promise<RunResult>;
  apply(step: AccessStep): Promise<void>;
}

function controlOf(materials: LabMaterials, run: StackRun): EtcdControl {
  const [host] = materials.topology.etcd;
  if (host === undefined) throw new LabError('start_failed', 'the lab has no etcd member');
  const files = identityOf(materials, host.name, 'etcd');
  const connection = {
    ETCDCTL_API: '3',
    ETCDCTL_ENDPOINTS: etcdClientUrls(materials).join(','),
    ETCDCTL_CACERT: files.authority,
    ETCDCTL_CERT: files.clientCertificate,
    ETCDCTL_KEY: files.clientKey,
  };
  // In the environment, which only this user and root can read, because arguments are for everyone to see.
  const login = { ETCDCTL_USER: 'root', ETCDCTL_PASSWORD: materials.secrets.etcdRoot };
  const as: EtcdControl['as'] = async (user, args, input) =>
    run.run(host.name, [materials.programs.etcdctl, ...args], {
      user: 'etcd',
      env: user === 'root' ? { ...connection, ...login } : connection,
      ...(input === undefined ? {} : { input: `${input}\n` }),
    });
  return {
    as,
    async apply({ args, password }) {
      const result = await as('nobody', args, password);
      if (result.code === 0 || result.stderr.includes('already exists')) return;
      throw new LabError('start_failed', `etcdctl ${args.join(' ')} failed on ${host.name}: ${reasonOf(result)}`);
    },
  };
}
