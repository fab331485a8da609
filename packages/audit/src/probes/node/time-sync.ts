import { defineProbe } from '../../probe.ts';

/** How the clock of a host is kept. */
export interface TimeSync {
  /** `chronyc -c tracking`; null without chrony, or when its daemon does not answer. */
  readonly chrony: {
    /** Address or name of the source in use; empty without one. */
    readonly source: string;
    readonly stratum: number;
    /** System clock against the source, in seconds. */
    readonly offsetSeconds: number;
    /** `Normal`, `Not synchronised`, `Insert second`, `Delete second`. */
    readonly leap: string;
  } | null;
  /** `timedatectl show`; null where systemd does not answer. */
  readonly systemd: { readonly isEnabled: boolean; readonly isSynchronized: boolean } | null;
  /** Process that keeps the time, where one of those runs. */
  readonly daemon: string | null;
}

const daemons = ['chronyd', 'ntpd', 'systemd-timesyn', 'ptp4l'];

/** Time source, offset and state of the clock. */
export const nodeTimeSync = defineProbe({
  id: 'node.time-sync',
  subject: 'node',
  title: 'Time source and offset (chronyc -c tracking, timedatectl show)',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<TimeSync> {
    const tracking = await node.run('chronyc', ['-c', 'tracking']);
    const systemd = await node.run('timedatectl', ['show', '-p', 'NTP', '-p', 'NTPSynchronized']);
    return {
      chrony: tracking?.exitCode === 0 ? parseTracking(tracking.stdout) : null,
      systemd:
        systemd?.exitCode === 0
          ? {
              isEnabled: /^NTP=yes$/m.test(systemd.stdout),
              isSynchronized: /^NTPSynchronized=yes$/m.test(systemd.stdout),
            }
          : null,
      daemon: await findDaemon(
        async (pid) => (await node.readText(`/proc/${pid}/comm`))?.trim(),
        await node.list('/proc'),
      ),
    };
  },
});

/** `C0A80001,192.168.0.1,3,1700000000.1,0.000001234,…,Normal`: reference, name, stratum, time, offset … leap. */
export function parseTracking(line: string): TimeSync['chrony'] {
  const fields = line.trim().split(',');
  const [, source, stratum, , offset] = fields;
  const leap = fields.at(-1);
  if (fields.length < 14 || source === undefined || leap === undefined) return null;
  return { source, stratum: Number(stratum), offsetSeconds: Number(offset), leap };
}

async function findDaemon(
  nameOf: (pid: string) => Promise<string | undefined>,
  names: readonly string[] | undefined,
): Promise<string | null> {
  for (const pid of names ?? []) {
    if (!/^\d+$/.test(pid)) continue;
    const name = await nameOf(pid);
    if (name !== undefined && daemons.includes(name)) return name;
  }
  return null;
}
