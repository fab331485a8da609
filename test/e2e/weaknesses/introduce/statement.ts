import { members, primary } from '../cast.ts';
import type { Introduce, WeakTarget } from '../weakness.ts';
import { until } from './until.ts';

/** A verifier that stays in the log would be found there long after the role is gone. */
const quietly = `SET log_statement = 'none'; SET log_min_duration_statement = -1; SET pgaudit.log = 'none'; SET auto_explain.log_min_duration = -1; `;

/** SQL on the primary, and on every member what it replicates to. */
export const statement =
  (introduce: string, heal: string, options: { readonly database?: string } = {}): Introduce =>
  async (lab) => {
    await lab.sql(primary, `${quietly}${introduce}`, options);
    await untilReplayed(lab);
    return async () => {
      await lab.sql(primary, `${quietly}${heal}`, options);
      await untilReplayed(lab);
    };
  };

/** Replicas answer an auditor with what they have replayed. */
async function untilReplayed(lab: WeakTarget): Promise<void> {
  const [row] = await lab.sql(primary, 'SELECT pg_current_wal_insert_lsn()');
  const wanted = row?.[0] ?? '0/0';
  for (const member of members.filter((name) => name !== primary)) {
    await until(`${member} has replayed ${wanted}`, async () => {
      const [answer] = await lab.sql(member, `SELECT pg_last_wal_replay_lsn() >= '${wanted}'::pg_lsn`);
      return answer?.[0] === 't' ? undefined : 'not yet';
    });
  }
}
