import { Secret } from '@pgattest/connect';
import type { Logger } from '@pgattest/runtime';
import type { SharingSettings } from '../../config/sharing.ts';
import { readSecretLine } from '../../inventory/secret-file.ts';
import { ClusterShare } from './share.ts';
import { createShareStore } from './store.ts';

/** Makes the share of this service; asks nobody yet. Errors: RuntimeError file_unreadable or config_invalid of the password. */
export async function openShare(
  settings: SharingSettings,
  clusters: readonly { readonly name: string }[],
  logger: Logger,
): Promise<ClusterShare> {
  const { endpoints, caFile, certFile, keyFile, user, passwordFile, prefix, ttlMs, name } = settings;
  const tls = {
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
  const login =
    user === undefined || passwordFile === undefined
      ? {}
      : {
          credentials: { user, password: new Secret(await readSecretLine(passwordFile, 'the password of etcd')) },
        };
  const targets = endpoints.map((url) => ({ url, ...tls, ...login }));
  // Every member can be asked before the lease, renewed each fifth of its life, could have ended.
  const timeoutMs = Math.min(5_000, ttlMs / (2 * endpoints.length));
  return new ClusterShare({
    store: createShareStore({ targets, prefix, ttlMs, timeoutMs }),
    name,
    clusters: clusters.map((cluster) => cluster.name),
    ttlMs,
    logger,
  });
}
