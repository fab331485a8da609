import type { SystemUser } from '../process/system-user.ts';
import type { LabUser } from './daemon.ts';

/** What it takes to start a program on a host of the lab as a user of the lab. */
export interface Launcher {
  /** Absolute paths of nsenter(1) and setpriv(1). */
  readonly nsenter: string;
  readonly setpriv: string;
  /** Where the supervisor itself is: no namespace to enter. */
  readonly monitor: string;
  readonly isolation: 'namespaces' | 'loopback';
  /** Undefined = everything runs as the caller. */
  readonly users: Readonly<Record<'postgres' | 'etcd', SystemUser>> | undefined;
}

/**
 * The command line that becomes that program on that host as that user: every part replaces itself by the next, so the
 * pid is the program's own from start to end.
 */
export function commandOn(
  launcher: Launcher,
  host: string,
  user: LabUser,
  argv: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const account = user === 'root' ? undefined : launcher.users?.[user];
  const become =
    account === undefined
      ? []
      : [
          launcher.setpriv,
          `--reuid=${account.uid}`,
          `--regid=${account.gid}`,
          '--init-groups',
          '--inh-caps=-all',
          '--',
        ];
  const enter =
    launcher.isolation === 'loopback' || host === launcher.monitor
      ? []
      : [launcher.nsenter, `--net=/run/netns/${host}`, '--'];
  const [first = argv[0], ...rest] = [...enter, ...become, ...argv];
  return [first, ...rest];
}
