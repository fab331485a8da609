import { join } from 'node:path';
import { monitor } from '../cast.ts';
import type { Introduce, WeakTarget } from '../weakness.ts';
import { runOn } from './run-on.ts';

/** Commands of etcdctl as root of etcd; those that heal are run in their order. */
export const etcdCommands =
  (introduce: readonly (readonly string[])[], heal: readonly (readonly string[])[]): Introduce =>
  async (lab) => {
    for (const words of introduce) await etcdctl(lab, words);
    return async () => {
      for (const words of heal) await etcdctl(lab, words);
    };
  };

async function etcdctl(lab: WeakTarget, words: readonly string[]): Promise<void> {
  const pki = join(lab.directory, monitor, 'pki-root');
  const { user, password } = lab.credentials.etcdRoot;
  await runOn(lab, monitor, ['etcdctl', ...words], {
    env: {
      ETCDCTL_API: '3',
      ETCDCTL_ENDPOINTS: 'https://198.51.100.21:2379',
      ETCDCTL_CACERT: join(pki, 'ca.crt'),
      ETCDCTL_CERT: join(pki, 'client.crt'),
      ETCDCTL_KEY: join(pki, 'client.key'),
      ETCDCTL_USER: user,
      ETCDCTL_PASSWORD: password,
    },
    // What `user add --interactive=false` reads as the password.
    input: 'not-so-secret\n',
  });
}
