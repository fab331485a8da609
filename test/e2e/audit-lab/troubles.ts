import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '@pgattest/lab';
import { withCluster, type AuditLab } from './audit-lab.ts';

/** Something that keeps the auditor from seeing a part of the cluster. */
export interface Trouble {
  readonly name: string;
  /** Makes it so; returns the objects that cannot be judged as before, and how the configuration differs. */
  apply(site: AuditLab): Promise<{ readonly unseen: readonly string[]; readonly change?: (text: string) => string }>;
  heal(site: AuditLab): Promise<void>;
}

/** The members that are no primary. */
async function replicasOf(lab: Lab): Promise<readonly [string, string]> {
  const primary = await lab.findPrimary();
  const [first, second] = lab.topology.members.map(({ name }) => name).filter((name) => name !== primary);
  if (first === undefined || second === undefined) throw new Error('the lab has no two replicas');
  return [first, second];
}

/** The network device of a host that bears its address. */
async function deviceOf(lab: Lab, host: string): Promise<string> {
  const { stdout } = await lab.exec(host, ['ip', '-o', '-4', 'address', 'show', 'scope', 'global']);
  const device = /^\d+:\s+(\S+)/u.exec(stdout)?.[1];
  if (device === undefined) throw new Error(`${host} has no network device: ${stdout}`);
  return device;
}

/** A trouble that remembers what it did to which host. */
function onReplica(
  name: string,
  which: 0 | 1,
  unseen: (host: string) => readonly string[],
  apply: (lab: Lab, host: string) => Promise<() => Promise<unknown>>,
): Trouble {
  let undo: (() => Promise<unknown>) | undefined;
  return {
    name,
    async apply({ lab }) {
      const host = (await replicasOf(lab))[which];
      undo = await apply(lab, host);
      return { unseen: unseen(host) };
    },
    async heal() {
      await undo?.();
    },
  };
}

const hungPatroni = onReplica(
  'a Patroni that hangs',
  0,
  (host) => [`${host}.patroni`],
  async (lab, host) => {
    const daemon = lab.daemon(`patroni@${host}`);
    await daemon.signal('SIGSTOP');
    return async () => daemon.signal('SIGCONT');
  },
);

const cutMember = onReplica(
  'a member whose network is cut',
  1,
  (host) => [host, `${host}.patroni`, `${host}.pgbouncer`],
  async (lab, host) => {
    const device = await deviceOf(lab, host);
    await lab.exec(host, ['ip', 'link', 'set', device, 'down']);
    return async () => lab.exec(host, ['ip', 'link', 'set', device, 'up']);
  },
);

const halfDeadEtcd: Trouble = {
  name: 'a member of etcd that hangs',
  async apply({ lab }) {
    await lab.daemon('etcd@etcd-2').signal('SIGSTOP');
    return { unseen: ['etcd-2.etcd'] };
  },
  async heal({ lab }) {
    await lab.daemon('etcd@etcd-2').signal('SIGCONT');
  },
};

const revokedGrant: Trouble = {
  name: 'a privilege of the auditor that was revoked',
  async apply({ lab }) {
    await onPrimary(lab, 'REVOKE pg_monitor FROM pgattest_auditor');
    await untilMemberships(lab, '0');
    return { unseen: lab.topology.members.map(({ name }) => name) };
  },
  async heal({ lab }) {
    await onPrimary(lab, 'GRANT pg_monitor TO pgattest_auditor');
    await untilMemberships(lab, '1');
  },
};

async function onPrimary(lab: Lab, statement: string): Promise<void> {
  const primary = await lab.findPrimary();
  if (primary === undefined) throw new Error('the lab has no primary');
  await lab.sql(primary, statement);
}

/** Waits until every member knows in how many predefined roles the auditor is. */
async function untilMemberships(lab: Lab, count: string): Promise<void> {
  const sql = `SELECT count(*) FROM pg_auth_members WHERE member = 'pgattest_auditor'::regrole AND roleid = 'pg_monitor'::regrole`;
  const end = Date.now() + 120_000;
  for (const { name } of lab.topology.members) {
    while ((await lab.sql(name, sql))[0]?.[0] !== count) {
      if (Date.now() > end) throw new Error(`${name} does not replay the change of a role`);
    }
  }
}

/** The lab issues certificates that ended for servers: one of them, of its own authority, is shown as the auditor's. */
const expiredCertificate: Trouble = {
  name: 'a client certificate of the auditor that has ended',
  async apply({ lab, directory }) {
    const [host] = await replicasOf(lab);
    const [cert, key] = [join(directory, 'ended.crt'), join(directory, 'ended.key')];
    await lab.break('certificate-expired', host);
    try {
      await copyFile(join(lab.directory, host, 'pki-postgres/server.crt'), cert);
      await copyFile(join(lab.directory, host, 'pki-postgres/server.key'), key);
    } finally {
      await lab.heal('certificate-expired');
    }
    const change = (text: string): string =>
      withCluster(text, ({ etcd }) => {
        Object.assign(etcd, { cert, key });
      });
    return { unseen: lab.topology.etcd.map(({ name }) => `${name}.etcd`), change };
  },
  heal: async () => Promise.resolve(),
};

/** What the auditor may meet, each alone. */
export const troubles: readonly Trouble[] = [hungPatroni, halfDeadEtcd, expiredCertificate, revokedGrant, cutMember];
