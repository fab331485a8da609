import { defineProbe } from '../../probe.ts';
import { attempt } from '../../node/attempt.ts';
import { findPostmaster } from '../../node/processes.ts';

/** Mandatory access control of the kernel. */
export interface AccessControl {
  /** null: this kernel has no SELinux loaded. */
  readonly selinux: 'enforcing' | 'permissive' | null;
  readonly isApparmorEnabled: boolean;
  /** What confines the server: `system_u:system_r:postgresql_t:s0`, `unconfined`; null when unknown or not running. */
  readonly serverLabel: string | null;
}

/** SELinux or AppArmor, and whether the server is confined. */
export const nodeAccessControl = defineProbe({
  id: 'node.access-control',
  subject: 'node',
  title: 'State of SELinux and AppArmor (/sys) and the label of the server process',
  privilege: 'none; root or the user of the server for the label of its process',
  grants: [],
  async collect({ node }): Promise<AccessControl> {
    const enforce = (await node.readText('/sys/fs/selinux/enforce'))?.trim();
    const apparmor = await attempt(node.readText('/sys/module/apparmor/parameters/enabled'));
    const pid = await attempt(findPostmaster(node));
    const label = pid.state === 'present' ? await readLabel(node, pid.value) : null;
    return {
      selinux: enforce === undefined ? null : enforce === '1' ? 'enforcing' : 'permissive',
      isApparmorEnabled: apparmor.state === 'present' && apparmor.value.trim() === 'Y',
      serverLabel: label,
    };
  },
});

/** A kernel without such a module refuses to tell a label. */
async function readLabel(
  node: { readonly readText: (path: string) => Promise<string | undefined> },
  pid: number,
): Promise<string | null> {
  try {
    const label = (await node.readText(`/proc/${pid}/attr/current`))?.replaceAll('\0', '').trim();
    return label === undefined || label === '' ? null : label;
  } catch {
    return null;
  }
}
