import { defineProbe } from '../../probe.ts';
import { attempt } from '../../node/attempt.ts';

/** One systemd unit of a component. */
export interface NodeService {
  readonly unit: string;
  readonly isActive: boolean;
  /** `enabled`, `disabled`, `static`, `masked`. */
  readonly enabled: string;
  /** Empty: root. */
  readonly user: string;
  /** `0022`. */
  readonly umask: string;
  /** `0`, `infinity`. */
  readonly coreLimit: string;
  readonly restart: string;
}

export interface NodeServices {
  /** Null where systemd does not answer. */
  readonly units: readonly NodeService[] | null;
  /** `umask` lines of the profile of the server's account and of everybody: file -> value. */
  readonly profileUmasks: Readonly<Record<string, string>>;
}

const units = ['patroni', 'postgresql', 'etcd', 'haproxy', 'pgbouncer', 'vip-manager'] as const;
const properties = [
  'Id',
  'LoadState',
  'ActiveState',
  'UnitFileState',
  'User',
  'UMask',
  'LimitCORE',
  'Restart',
] as const;

/** Units of the components as systemd has them. */
export const nodeServices = defineProbe({
  id: 'node.services',
  subject: 'node',
  title: 'systemd units of the components (systemctl show) and umask of login shells',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<NodeServices> {
    const shown = await node.run('systemctl', [
      'show',
      '-p',
      properties.join(','),
      ...units.map((unit) => `${unit}.service`),
    ]);
    const umasks: Record<string, string> = {};
    for (const path of ['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc', '/etc/login.defs']) {
      const text = await attempt(node.readText(path));
      const value = /^\s*umask\s+(?<mask>[0-7]{3,4})\s*$/im.exec(text.state === 'present' ? text.value : '')?.groups?.[
        'mask'
      ];
      if (value !== undefined) umasks[path] = value;
    }
    return { units: shown?.exitCode === 0 ? parseUnits(shown.stdout) : null, profileUmasks: umasks };
  },
});

function parseUnits(text: string): readonly NodeService[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const value = (name: string): string =>
      new RegExp(`^${name}=(?<value>.*)$`, 'm').exec(block)?.groups?.['value']?.trim() ?? '';
    if (value('LoadState') !== 'loaded') return [];
    return [
      {
        unit: value('Id'),
        isActive: value('ActiveState') === 'active',
        enabled: value('UnitFileState'),
        user: value('User'),
        umask: value('UMask'),
        coreLimit: value('LimitCORE'),
        restart: value('Restart'),
      },
    ];
  });
}
