import type { Env } from '../config/env.ts';
import { RuntimeError } from '../errors.ts';

/** The first descriptor after stdin, stdout and stderr. Source: sd_listen_fds(3). */
const firstDescriptor = 3;
/** More than any unit has; a larger number is a mistake, and would be counted up to. */
const mostSockets = 1024;

/**
 * Descriptors of the sockets that systemd opened for this process (`LISTEN_FDS`, `LISTEN_PID`), for example `[3, 4]`.
 * Sockets meant for another process are not ours. Errors: usage, when there is none.
 */
export function inheritedSockets(env: Env, processId: number): readonly number[] {
  const count = env['LISTEN_FDS'] ?? '';
  const owner = env['LISTEN_PID'] ?? '';
  const remedy = 'start it by a .socket unit of systemd, or leave --web.systemd-socket out';
  if (count === '') throw new RuntimeError('usage', `no socket was passed on: LISTEN_FDS is not set; ${remedy}`);
  if (owner !== String(processId)) {
    const whose = owner === '' ? 'LISTEN_PID is not set' : `they are for process ${owner}, this is ${processId}`;
    throw new RuntimeError('usage', `the sockets passed on are not for this process: ${whose}; ${remedy}`);
  }
  if (!/^\d{1,4}$/.test(count) || Number(count) < 1 || Number(count) > mostSockets) {
    throw new RuntimeError('usage', `LISTEN_FDS="${count}" is not a number of sockets; ${remedy}`);
  }
  return Array.from({ length: Number(count) }, (_, index) => firstDescriptor + index);
}
