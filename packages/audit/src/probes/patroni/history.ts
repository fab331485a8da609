import { createPatroniClient } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';

/** A timeline that ended, and who led afterwards. */
export interface HistoryLineFact {
  readonly timeline: number;
  readonly reason: string;
  /** ISO 8601 UTC; null in lines of old versions. */
  readonly at: string | null;
  readonly newLeader: string | null;
}

/** Promotions that the DCS remembers, oldest first. */
export const patroniHistory = defineProbe({
  id: 'patroni.history',
  subject: 'patroni',
  title: 'Promotions that the DCS remembers (GET /history)',
  privilege: 'none; reading is open unless restapi.verify_client is required',
  grants: [],
  async collect({ target, signal }): Promise<readonly HistoryLineFact[]> {
    const lines = await createPatroniClient(target, { timeoutMs: requestTimeoutMs }).history(signal);
    return lines.map(({ timeline, reason, at, newLeader }) => ({
      timeline,
      reason,
      at: at === undefined || Number.isNaN(Date.parse(at)) ? null : new Date(at).toISOString(),
      newLeader: newLeader ?? null,
    }));
  },
});
