import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';

/** Effective settings of the SSH server that matter, by keyword in lower case; several values joined with a space. */
export type SshServer =
  { readonly isInstalled: false } | { readonly isInstalled: true; readonly settings: Readonly<Record<string, string>> };

const kept = new Set([
  'permitrootlogin',
  'passwordauthentication',
  'kbdinteractiveauthentication',
  'permitemptypasswords',
  'authenticationmethods',
  'maxauthtries',
  'clientaliveinterval',
  'clientalivecountmax',
  'allowusers',
  'allowgroups',
  'listenaddress',
  'ciphers',
  'macs',
]);

/** What `sshd -T` prints. */
export const nodeSshServer = defineProbe({
  id: 'node.ssh-server',
  subject: 'node',
  title: 'Effective settings of the SSH server (sshd -T)',
  privilege: 'root: sshd reads its host keys even for a test',
  grants: [],
  async collect({ node }): Promise<SshServer> {
    const answer = await node.run('sshd', ['-T']);
    if (answer === undefined) return { isInstalled: false };
    if (answer.exitCode !== 0) {
      const why = answer.stderr.trim().split('\n', 1)[0] ?? '';
      throw new ConnectError(
        node.isRoot ? 'invalid_data' : 'permission_denied',
        `sshd -T ended with ${answer.exitCode}: ${why}`,
      );
    }
    const settings: Record<string, string> = {};
    for (const line of answer.stdout.split('\n')) {
      const [key = '', ...rest] = line.trim().split(' ');
      if (kept.has(key)) settings[key] = [...(settings[key] === undefined ? [] : [settings[key]]), ...rest].join(' ');
    }
    return { isInstalled: true, settings };
  },
});
