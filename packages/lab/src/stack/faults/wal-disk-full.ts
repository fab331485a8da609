import type { Fault, FaultRun } from '../fault.ts';
import { untilWell } from './steps/cluster-health.ts';
import { getRemembered } from './steps/fault-state.ts';
import { patroniOf } from './steps/patroni-view.ts';
import { untilOthersFollow, untilRejoined } from './steps/rejoin.ts';
import { runChecked } from './steps/run-checked.ts';
import { switchOverTo } from './steps/switch-over.ts';
import { getMemberTarget } from './steps/targets.ts';

// Room for the WAL that is there and two segments of 16 MB; the ballast takes the rest away.
const spareMegabytes = 48;

/** pg_wal of the primary is a small file system and it is full. */
export const walDiskFull: Fault = {
  id: 'wal-disk-full',
  title: 'pg_wal of a member (the primary unless named; it becomes the primary) is a small file system, and full',
  needs: 'namespaces',
  expected: [
    {
      text: 'PostgreSQL cannot write WAL, panics and may shut down; it starts again only when there is room.',
      source: 'PostgreSQL docs, 30.2 disk full failure',
    },
    {
      text: 'Patroni tries to start it again; when that fails another member is promoted.',
      source: 'Pigsty docs, failure scenarios: primary process crash',
    },
    {
      text: 'Or not: Patroni may start it as a standby, which needs no room, find it running, promote it, and lose it again, with the lock in its hands all the time. Nobody takes writes until there is room.',
      source: 'seen in this lab, Patroni 3.0.2',
    },
  ],
  async apply(run, target) {
    const member = await getMemberTarget(run, target);
    const wal = `${run.directoryOf(member)}/data/pg_wal`;
    await moveToSmallDisk(run, member, wal);
    await switchOverTo(run, member);
    // What came before was preparation; clients lose the primary from here on.
    const brokenMs = Date.now();
    const { stderr } = await run.run(member, ['dd', 'if=/dev/zero', `of=${wal}/ballast`, 'bs=64k'], {
      user: 'postgres',
    });
    await fillUp(run, member);
    return { member, wal, brokenMs: String(brokenMs), said: stderr.trim().slice(0, 200) };
  },
  async heal(run, state) {
    const member = getRemembered(state, 'member');
    const wal = getRemembered(state, 'wal');
    await run.run(member, ['rm', '-f', `${wal}/ballast`]);
    const isMounted = (await run.run(member, ['mountpoint', '-q', wal])).code === 0;
    await untilOthersFollow(run, member);
    if (isMounted) await moveToLargeDisk(run, member, wal);
    await untilRejoined(run, member);
  },
};

async function moveToSmallDisk(run: FaultRun, member: string, wal: string): Promise<void> {
  const patroni = patroniOf(run, member);
  await patroni.stop();
  const used = await runChecked(run, member, ['du', '-sm', wal]);
  const kept = `${wal}.kept`;
  await runChecked(run, member, ['cp', '-a', wal, kept]);
  await run.mountTmpfs(wal, {
    sizeMegabytes: Math.ceil(Number.parseInt(used, 10)) + spareMegabytes,
    owner: 'postgres',
    mode: 0o700,
  });
  await runChecked(run, member, ['cp', '-a', `${kept}/.`, wal]);
  await runChecked(run, member, ['rm', '-rf', kept]);
  await patroni.start();
  await untilWell(run, member);
}

async function moveToLargeDisk(run: FaultRun, member: string, wal: string): Promise<void> {
  const patroni = patroniOf(run, member);
  if (patroni.pid !== undefined) await patroni.stop();
  await runChecked(run, member, ['cp', '-a', wal, `${wal}.kept`]);
  await run.unmount(wal);
  await runChecked(run, member, ['rm', '-rf', wal]);
  await runChecked(run, member, ['mv', `${wal}.kept`, wal]);
  await patroni.start();
}

/**
 * Writes WAL until the server has no place for it; what it says then is the failure that was asked for. In pieces that
 * replicas keep up with: one that is too far behind may not take over.
 */
async function fillUp(run: FaultRun, member: string): Promise<void> {
  await run.until(
    `${member} runs out of room for WAL`,
    async () => {
      try {
        await run.sql(member, `SELECT pg_logical_emit_message(true, 'pgattest-lab', repeat('x', 900000))`);
        return 'it still finds room';
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        return /no end within/u.test(said) ? said : undefined;
      }
    },
    120_000,
  );
}
