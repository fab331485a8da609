import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { readProcesses } from '../../node/processes.ts';

/** What watches over the host itself. */
export interface Protection {
  /** Processes of malware scanners, host intrusion detection and allow-listing that run. */
  readonly agents: readonly string[];
  /** Age of the newest signatures of ClamAV, ISO 8601 UTC; null without. */
  readonly signaturesAt: string | null;
  /** Newest database of AIDE or Tripwire, ISO 8601 UTC; null without. */
  readonly integrityDatabaseAt: string | null;
  /** auditd. */
  readonly audit: {
    readonly isRunning: boolean;
    /** Paths that rules watch; null where they may not be read. */
    readonly watches: readonly string[] | null;
  };
  /** Jails of fail2ban that are on; null where it is not there, or may not be asked. */
  readonly jails: readonly string[] | null;
  readonly isFail2banRunning: boolean;
  /** Null on a host without EFI variables. */
  readonly secureBoot: boolean | null;
  readonly hasTpm: boolean;
}

const agentNames = new Set([
  'clamd',
  'freshclam',
  'clamonacc',
  'falcon-sensor',
  'ossec-agentd',
  'ossec-syscheckd',
  'wazuh-agentd',
  'wazuh-syscheckd',
  'wazuh-modulesd',
  'mdatp',
  'wdavdaemon',
  'fapolicyd',
  'osqueryd',
  'esets_daemon',
  'cbagentd',
  'ds_agent',
  'samhain',
  'aegis',
  'AliYunDun',
]);
const integrityDatabases = ['/var/lib/aide/aide.db', '/var/lib/aide/aide.db.gz', '/var/lib/tripwire'] as const;
const signatures = ['/var/lib/clamav/daily.cld', '/var/lib/clamav/daily.cvd'] as const;

/** Malware protection, file integrity, system audit, automatic blocking and trusted boot. */
export const nodeProtection = defineProbe({
  id: 'node.protection',
  subject: 'node',
  title: 'Malware and integrity agents, auditd rules, fail2ban jails, secure boot',
  privilege: 'root, for the rules of auditd and the jails of fail2ban',
  grants: [],
  async collect({ node }): Promise<Protection> {
    const names = new Set((await readProcesses(node)).map(({ name }) => name));
    const jails = await node.run('fail2ban-client', ['status']);
    const tpm = await node.list('/sys/class/tpm');
    return {
      agents: [...names].filter((name) => agentNames.has(name)).toSorted(),
      signaturesAt: await newest(node, signatures),
      integrityDatabaseAt: await newest(node, integrityDatabases),
      audit: { isRunning: names.has('auditd'), watches: await readWatches(node) },
      jails:
        jails?.exitCode === 0
          ? (/Jail list:\s*(?<list>.*)/.exec(jails.stdout)?.groups?.['list'] ?? '')
              .split(',')
              .map((jail) => jail.trim())
              .filter((jail) => jail !== '')
          : null,
      isFail2banRunning: names.has('fail2ban-server'),
      secureBoot: await readSecureBoot(node),
      hasTpm: tpm !== undefined && tpm.length > 0,
    };
  },
});

async function newest(node: NodeAccess, paths: readonly string[]): Promise<string | null> {
  const times: string[] = [];
  for (const path of paths) {
    const facts = await attempt(node.facts(path, { follow: true }));
    if (facts.state === 'present') times.push(facts.value.modifiedAt);
  }
  return times.toSorted().at(-1) ?? null;
}

/** `-w /etc/passwd -p wa -k identity` and `-a always,exit -F path=/pg/data`. */
async function readWatches(node: NodeAccess): Promise<readonly string[] | null> {
  const folder = await attempt(node.list('/etc/audit/rules.d'));
  if (folder.state === 'denied') return null;
  const watches: string[] = [];
  for (const name of folder.state === 'present' ? folder.value : []) {
    if (!name.endsWith('.rules')) continue;
    const text = await attempt(node.readText(`/etc/audit/rules.d/${name}`));
    if (text.state === 'denied') return null;
    if (text.state === 'absent') continue;
    for (const match of text.value.matchAll(/^[^#\n]*?(?:-w\s+|-F\s+(?:path|dir)=)(?<path>\S+)/gm)) {
      watches.push(match.groups?.['path'] ?? '');
    }
  }
  return watches.toSorted();
}

/** Four bytes of attributes, then one that is 1 when it is on; read as text that is the last character. */
async function readSecureBoot(node: NodeAccess): Promise<boolean | null> {
  const names = (await node.list('/sys/firmware/efi/efivars')) ?? [];
  const name = names.find((variable) => variable.startsWith('SecureBoot-'));
  const text = name === undefined ? undefined : await attempt(node.readText(`/sys/firmware/efi/efivars/${name}`));
  return text?.state === 'present' ? text.value.endsWith('\u0001') : null;
}
