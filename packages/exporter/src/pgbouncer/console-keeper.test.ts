import { ConnectError, type PgbouncerConsole } from '@pgattest/connect';
import { expect, test } from 'vitest';
import { createConsoleKeeper, type ConsoleKeeper } from './console-keeper.ts';

const never = new AbortController().signal;

/** A keeper of sessions that are made of nothing, with a clock that is set by hand. */
function keeperOf(outcomes: readonly ('opens' | ConnectError)[]) {
  const clock = { ms: 0 };
  const closed: number[] = [];
  const sessions: { usable: boolean }[] = [];
  let attempts = 0;
  const keeper = createConsoleKeeper({
    now: () => clock.ms,
    open: async () => {
      const outcome = outcomes[attempts] ?? 'opens';
      attempts += 1;
      if (outcome !== 'opens') throw outcome;
      const state = { usable: true };
      sessions.push(state);
      const console: PgbouncerConsole = {
        version: '1.18.0',
        versionNum: 11_800,
        openedAtMs: 0,
        localPort: undefined,
        get usable() {
          return state.usable;
        },
        show: () => Promise.resolve({ columns: [], rows: [] }),
        close: () => {
          closed.push(sessions.indexOf(state));
          return Promise.resolve();
        },
      };
      return console;
    },
  });
  return { keeper, clock, closed, sessions, attempts: () => attempts };
}

const refused = new ConnectError('auth_failed', 'no');
const gone = new ConnectError('unreachable', 'gone');
const outcomeOf = (keeper: ConsoleKeeper): Promise<unknown> => keeper.ensure(never).catch((error: unknown) => error);

test('one session is kept, and replaced when it is lost', async () => {
  const { keeper, sessions, closed, attempts } = keeperOf([]);
  expect((await keeper.ensure(never)).isOld).toBe(false);
  expect((await keeper.ensure(never)).isOld).toBe(true);
  const [first] = sessions;
  if (first !== undefined) first.usable = false;
  expect(keeper.current).toBeUndefined();
  expect((await keeper.ensure(never)).isOld).toBe(false);
  expect({ closed, attempts: attempts(), opened: keeper.opened }).toEqual({ closed: [0], attempts: 2, opened: 2 });
});

test('callers at the same time open one session', async () => {
  const { keeper, attempts } = keeperOf([]);
  await Promise.all([
    keeper.ensure(never),
    keeper.ensure(never),
    keeper.show('SHOW POOLS', { signal: never, timeoutMs: 1 }),
  ]);
  expect(attempts()).toBe(1);
});

test('after a failure it waits longer each time, and says the last failure meanwhile', async () => {
  const { keeper, clock, attempts } = keeperOf([gone, gone, gone]);
  const triedAt: number[] = [];
  const outcomes = new Set<unknown>();
  for (clock.ms = 0; clock.ms <= 3000; clock.ms += 50) {
    const before = attempts();
    const outcome = await outcomeOf(keeper);
    if (attempts() > before) triedAt.push(clock.ms);
    if (clock.ms < 1750) outcomes.add(outcome);
  }
  expect(triedAt).toEqual([0, 250, 750, 1750]);
  expect([...outcomes]).toEqual([gone]);
});

/** Time between the last two attempts of two minutes. */
async function lastWait(error: ConnectError): Promise<number> {
  const { keeper, clock, attempts } = keeperOf(Array.from({ length: 100 }, () => error));
  const triedAt: number[] = [];
  for (clock.ms = 0; clock.ms < 120_000; clock.ms += 250) {
    const before = attempts();
    await outcomeOf(keeper);
    if (attempts() > before) triedAt.push(clock.ms);
  }
  return (triedAt.at(-1) ?? 0) - (triedAt.at(-2) ?? 0);
}

test('a refused login is tried every fifteen seconds at last, an unreachable host every five', async () => {
  expect(await lastWait(refused)).toBe(15_000);
  expect(await lastWait(gone)).toBe(5_000);
});

test('renewed it waits for nothing', async () => {
  const { keeper, attempts } = keeperOf([refused]);
  expect(await outcomeOf(keeper)).toBe(refused);
  expect(await outcomeOf(keeper)).toBe(refused);
  await keeper.renew();
  expect((await keeper.ensure(never)).isOld).toBe(false);
  expect(attempts()).toBe(2);
});

test('closed it keeps nothing, not even what is being opened', async () => {
  const { keeper, closed } = keeperOf([]);
  const opening = outcomeOf(keeper);
  await keeper.close();
  expect(await opening).toMatchObject({ code: 'aborted' });
  expect(closed).toEqual([0]);
});
