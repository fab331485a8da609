import type { FaultRun } from '../../fault.ts';
import type { StackRun } from '../../stack-run.ts';

/** Patroni's daemon on a member. */
export function patroniOf(run: FaultRun, member: string): ReturnType<FaultRun['daemon']> {
  return run.daemon(`patroni@${member}`);
}

/** What `GET /patroni` of a member said, as far as it matters here. */
export interface MemberView {
  readonly state: string;
  readonly role: string;
  readonly isPaused: boolean;
  readonly isFailsafeActive: boolean;
  readonly isUnlocked: boolean;
}

/** Reads a member's own view; undefined = no answer, or one that is not JSON. */
export async function findMemberView(run: Pick<StackRun, 'patroni'>, member: string): Promise<MemberView | undefined> {
  const answer = await run.patroni(member, 'GET', '/patroni');
  return answer === undefined ? undefined : parseMemberView(answer.body);
}

/** Parses the body of `GET /patroni`; boolean keys are there only when true. Source: Patroni 3.0 REST API. */
export function parseMemberView(body: string): MemberView | undefined {
  let view: unknown;
  try {
    view = JSON.parse(body);
  } catch {
    // An answer cut off while Patroni ends: as good as none.
    return undefined;
  }
  if (typeof view !== 'object' || view === null) return undefined;
  const entries = new Map<string, unknown>(Object.entries(view));
  const text = (key: string): string => {
    const value = entries.get(key);
    return typeof value === 'string' ? value : 'unknown';
  };
  return {
    state: text('state'),
    role: text('role'),
    isPaused: entries.get('pause') === true,
    isFailsafeActive: entries.get('failsafe_mode_is_active') === true,
    isUnlocked: entries.get('cluster_unlocked') === true,
  };
}

/** Changes the dynamic configuration through the first member that takes it. */
export async function patchConfig(run: FaultRun, change: Readonly<Record<string, unknown>>): Promise<void> {
  await run.until(
    'a member of the cluster takes a change of the configuration',
    async () => {
      const said: string[] = [];
      for (const { name } of run.topology.members) {
        const answer = await run.patroni(name, 'PATCH', '/config', change);
        if (answer?.status === 200) return undefined;
        said.push(`${name}: ${answer === undefined ? 'no answer' : `${answer.status} ${answer.body.slice(0, 100)}`}`);
      }
      return said.join('; ');
    },
    60_000,
  );
}
