import { mkdir } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Authority } from '../pki/authority.ts';
import { writeLabFile } from './lab-file.ts';
import type { LabUser } from './daemon.ts';
import type { Launcher } from './launcher.ts';
import { identityOf } from './materials.ts';
import { hostsOf, type LabHost, type Topology } from './topology.ts';

/** Names and addresses that a host's certificate holds for; clients reach members through the services of HAProxy, too. */
export function certificateNames({ members, standbyMembers, monitor }: Topology, host: LabHost): readonly string[] {
  const isMember = [...members, ...standbyMembers].some(({ name }) => name === host.name);
  const balancer = isMember ? [monitor.name, monitor.address] : [];
  return [...new Set([host.name, 'localhost', host.address, '127.0.0.1', ...balancer])];
}

/** Which users of which hosts have certificates. */
export function identitiesOf(topology: Topology): readonly { readonly host: LabHost; readonly user: LabUser }[] {
  const all: readonly { readonly hosts: readonly LabHost[]; readonly user: LabUser }[] = [
    { hosts: [...topology.members, ...topology.standbyMembers], user: 'postgres' },
    { hosts: topology.etcd, user: 'etcd' },
    { hosts: hostsOf(topology), user: 'root' },
  ];
  return all.flatMap(({ hosts, user }) => hosts.map((host) => ({ host, user })));
}

/** Writes the certificates and keys of every user of every host, with the owners that need them. */
export async function writeIdentities(
  directory: string,
  topology: Topology,
  authority: Authority,
  launcher: Launcher,
): Promise<void> {
  const clientName: Readonly<Record<LabUser, string>> = {
    postgres: topology.options.cluster,
    etcd: 'etcd',
    root: 'root',
  };
  await Promise.all(
    identitiesOf(topology).map(async ({ host, user }) => {
      const files = identityOf({ directory }, host.name, user);
      const owner = user === 'root' ? undefined : launcher.users?.[user];
      await mkdir(dirname(files.key), { recursive: true });
      chmodSync(dirname(files.key), 0o711);
      const server = authority.issue(host.name, certificateNames(topology, host), { role: 'peer' });
      const client = authority.issue(clientName[user], [], { role: 'client' });
      await writeLabFile(files.authority, authority.certificate, 0o644, owner);
      await writeLabFile(files.certificate, server.certificate, 0o644, owner);
      await writeLabFile(files.key, server.key, 0o600, owner);
      await writeLabFile(files.clientCertificate, client.certificate, 0o644, owner);
      await writeLabFile(files.clientKey, client.key, 0o600, owner);
    }),
  );
}
