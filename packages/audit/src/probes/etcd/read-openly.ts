import { ConnectError, createEtcdClient, type EtcdClient, type HttpTarget } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';

/**
 * Reads without a login first, and with it when etcd wants one: a login needs a quorum, and what a member says of
 * itself should be readable without. Errors: those of the read.
 */
export async function readOpenly<T>(target: HttpTarget, read: (client: EtcdClient) => Promise<T>): Promise<T> {
  const { credentials, ...open } = target;
  try {
    return await read(createEtcdClient(open, { timeoutMs: requestTimeoutMs }));
  } catch (error) {
    const wantsLogin = error instanceof ConnectError && error.code === 'auth_failed';
    if (!wantsLogin || credentials === undefined) throw error;
    return read(createEtcdClient(target, { timeoutMs: requestTimeoutMs }));
  }
}
