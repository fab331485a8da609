import { isDeepStrictEqual } from 'node:util';
import { members, primary } from '../cast.ts';
import type { Introduce, WeakTarget } from '../weakness.ts';
import { edit } from './file.ts';
import { until } from './until.ts';

type Change = Readonly<Record<string, unknown>>;

/** Changes Patroni's dynamic configuration, and waits until every member has it; `back` takes it back. */
export const dynamicConfig =
  (change: Change, back: Change): Introduce =>
  async (lab) => {
    await patchConfig(lab, change);
    return async () => patchConfig(lab, back);
  };

async function patchConfig(lab: WeakTarget, change: Change): Promise<void> {
  const answer = await lab.patroni(primary, 'PATCH', '/config', change);
  if (answer?.status !== 200) throw new Error(`PATCH /config: ${answer?.status ?? 'no answer'} ${answer?.body ?? ''}`);
  for (const member of members) {
    await until(`${member} has the new configuration`, async () => {
      const shown: unknown = JSON.parse((await lab.patroni(member, 'GET', '/config'))?.body ?? '{}');
      return isPart(change, shown) ? undefined : 'not yet';
    });
  }
}

/** Whether every key of a change is as it says; null takes a key away. */
function isPart(change: unknown, shown: unknown): boolean {
  if (typeof change !== 'object' || change === null) return isDeepStrictEqual(change ?? undefined, shown ?? undefined);
  if (typeof shown !== 'object' || shown === null) return false;
  const known = new Map<string, unknown>(Object.entries(shown));
  return Object.entries(change).every(([key, value]) => isPart(value, known.get(key)));
}

/** Changes patroni.yml of a member and tells its Patroni to read it again. */
export const memberConfig = (member: string, change: (text: string) => string): Introduce =>
  edit(`${member}/patroni/patroni.yml`, change, async (lab) => {
    await lab.daemon(`patroni@${member}`).signal('SIGHUP');
  });
