import type { FileFacts } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { defineProbe } from '../../probe.ts';

/** A watchdog as the kernel has it in /sys/class/watchdog. */
export interface WatchdogDevice {
  /** `watchdog0` */
  readonly name: string;
  /** `Software Watchdog`; null where the kernel does not say. */
  readonly identity: string | null;
  /** `active` while somebody has opened it; null where the kernel does not say. */
  readonly state: string | null;
  readonly timeoutSeconds: number | null;
}

export interface WatchdogFact {
  /** /dev/watchdog; null when it is not there. */
  readonly device: FileFacts | null;
  readonly devices: readonly WatchdogDevice[];
  /** Commands of the processes that hold one open; null when the collector may not see that. */
  readonly holders: readonly string[] | null;
}

/** Whether there is a watchdog, and who feeds it. */
export const nodeWatchdog = defineProbe({
  id: 'node.watchdog',
  subject: 'node',
  title: 'Watchdog devices, their state and who holds them open (/dev/watchdog, /sys/class/watchdog, /proc)',
  privilege: 'root to see who holds the device; its state needs nothing where the kernel shows it',
  grants: [],
  async collect({ node }): Promise<WatchdogFact> {
    const device = (await node.facts('/dev/watchdog', { follow: true })) ?? null;
    const names = ((await node.list('/sys/class/watchdog')) ?? []).filter((name) => /^watchdog\d+$/u.test(name));
    const devices: WatchdogDevice[] = [];
    for (const name of names) {
      const read = async (file: string): Promise<string | null> => {
        const seen = await attempt(node.readText(`/sys/class/watchdog/${name}/${file}`));
        return seen.state === 'present' ? seen.value.trim() : null;
      };
      const timeout = Number((await read('timeout')) ?? Number.NaN);
      devices.push({
        name,
        identity: await read('identity'),
        state: await read('state'),
        timeoutSeconds: Number.isFinite(timeout) ? timeout : null,
      });
    }
    if (device === null && names.length === 0) return { device, devices, holders: [] };
    if (!node.isRoot) return { device, devices, holders: null };
    const holders: string[] = [];
    for (const pid of ((await node.list('/proc')) ?? []).filter((name) => /^\d+$/u.test(name))) {
      const open = await attempt(node.list(`/proc/${pid}/fd`));
      for (const fd of open.state === 'present' ? open.value : []) {
        const link = await attempt(node.readLink(`/proc/${pid}/fd/${fd}`));
        if (link.state !== 'present' || !/^\/dev\/watchdog\d*$/u.test(link.value)) continue;
        const command = await attempt(node.readText(`/proc/${pid}/comm`));
        holders.push(command.state === 'present' ? command.value.trim() : pid);
      }
    }
    return { device, devices, holders };
  },
});
