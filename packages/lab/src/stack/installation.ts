import { basename, dirname, relative, resolve } from 'node:path';
import { RuntimeError } from '@pgattest/runtime';
import { canAccess, type SystemUser } from '../process/system-user.ts';
import type { LabOptions } from './options.ts';

/** Where our own programs are for the users of the lab. */
export interface Installation {
  /** Script of the `pgattest` command, as every user of the lab can read it. */
  readonly entry: string;
  readonly node: string;
  /** What the namespaces of the lab mount for that, or nothing: a clone in /root is closed to PostgreSQL's user. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Our programs as the exporters' user sees them. Errors: usage, when that user cannot read them and there is no mount
 * namespace to show them in.
 */
export function findInstallation(
  entry: string,
  node: string,
  options: LabOptions,
  user: SystemUser | undefined,
): Installation {
  const isOpen = canAccess(user, 'r', entry) && canAccess(user, 'x', node);
  if (user === undefined || isOpen || !options.monitoring) return { entry, node, mounts: [] };
  if (options.isolation === 'loopback') {
    throw new RuntimeError(
      'usage',
      `user ${user.name} cannot read ${entry}, which the exporters run as; move the clone, or use --isolation namespaces or --no-monitoring`,
    );
  }
  // packages/cli/dist/bin of a clone, or node_modules/@pgattest/cli/dist/bin of an installation.
  const above = resolve(dirname(entry), '../../../..');
  const root = basename(above) === 'node_modules' ? dirname(above) : above;
  return {
    entry: `/run/pgattest/${relative(root, entry)}`,
    node: '/run/node',
    mounts: [
      { from: root, to: '/run/pgattest' },
      { from: node, to: '/run/node' },
    ],
  };
}
