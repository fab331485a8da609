import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { findPostmaster } from '../../node/processes.ts';

/** Settings of the kernel that decide what is left of memory. */
export interface Kernel {
  /** Name of /proc/sys with dots -> its text, for those this kernel has and lets us read. */
  readonly sysctl: Readonly<Record<string, string>>;
  /** Swap areas. `isEncrypted` is null where the device does not say. */
  readonly swaps: readonly { readonly path: string; readonly sizeKib: number; readonly isEncrypted: boolean | null }[];
  /** Soft limit of the server for the size of a core file: `0`, `unlimited`; null when it does not run. */
  readonly coreLimit: string | null;
}

const names = [
  'fs.suid_dumpable',
  'kernel.core_pattern',
  'kernel.dmesg_restrict',
  'kernel.kptr_restrict',
  'kernel.randomize_va_space',
  'kernel.yama.ptrace_scope',
  'net.ipv4.conf.all.accept_redirects',
  'net.ipv4.conf.all.accept_source_route',
  'net.ipv4.ip_forward',
  'net.ipv4.tcp_syncookies',
  'net.ipv6.conf.all.disable_ipv6',
  'vm.overcommit_memory',
  'vm.swappiness',
] as const;

/** Kernel parameters, swap, and the core limit of the server. */
export const nodeKernel = defineProbe({
  id: 'node.kernel',
  subject: 'node',
  title: 'Kernel parameters, swap areas and the core limit of the server (/proc)',
  privilege: 'root or the user of the server, for the limits of its process',
  grants: [],
  async collect({ node }): Promise<Kernel> {
    const sysctl: Record<string, string> = {};
    for (const name of names) {
      const seen = await attempt(node.readText(`/proc/sys/${name.replaceAll('.', '/')}`));
      if (seen.state === 'present') sysctl[name] = seen.value.trim();
    }
    const swaps: Kernel['swaps'][number][] = [];
    for (const line of ((await node.readText('/proc/swaps')) ?? '').split('\n').slice(1)) {
      const [path, type, size] = line.trim().split(/\s+/);
      if (path === undefined || path === '') continue;
      swaps.push({ path, sizeKib: Number(size), isEncrypted: await isCrypt(node, path, type === 'partition') });
    }
    const pid = await findPostmaster(node);
    const limits = pid === undefined ? undefined : await node.readText(`/proc/${pid}/limits`);
    return {
      sysctl,
      swaps,
      coreLimit: /^Max core file size\s+(?<soft>\S+)/m.exec(limits ?? '')?.groups?.['soft'] ?? null,
    };
  },
});

async function isCrypt(node: NodeAccess, path: string, isDevice: boolean): Promise<boolean | null> {
  if (path.startsWith('/dev/zram')) return true;
  const name = /^\/dev\/(?<name>dm-\d+)$/.exec(path)?.groups?.['name'];
  if (name === undefined) return isDevice ? false : null;
  const uuid = await node.readText(`/sys/block/${name}/dm/uuid`);
  return uuid === undefined ? null : uuid.startsWith('CRYPT-');
}
