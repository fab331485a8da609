import { createPatroniClient } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { redactDocument, type Json } from '../../redact-document.ts';

/** What one Patroni says of itself; null where its version does not say. */
export interface PatroniStatusFact {
  /** `running`, `streaming`, `stopped`, `start failed`, ... */
  readonly state: string;
  /** `primary`, `replica`, `standby_leader`, `sync_standby`, ... */
  readonly role: string;
  readonly name: string | null;
  readonly scope: string | null;
  /** `3.0.2` */
  readonly version: string | null;
  readonly timeline: number | null;
  readonly systemIdentifier: string | null;
  readonly isPaused: boolean;
  readonly isClusterUnlocked: boolean;
  readonly isFailsafeActive: boolean;
  readonly isRestartPending: boolean;
  /** Settings that wait for the restart; empty before 3.3. */
  readonly restartSettings: readonly string[];
  readonly isWatchdogFailed: boolean;
  /** ISO 8601 UTC; when it last spoke with the DCS. */
  readonly dcsLastSeen: string | null;
  /** Those with another value than the default. */
  readonly tags: Json;
}

/** The member's own state. */
export const patroniStatus = defineProbe({
  id: 'patroni.status',
  subject: 'patroni',
  title: 'State of the member as its own Patroni sees it (GET /patroni)',
  privilege: 'none; reading is open unless restapi.verify_client is required',
  grants: [],
  async collect({ target, signal }): Promise<PatroniStatusFact> {
    const status = await createPatroniClient(target, { timeoutMs: requestTimeoutMs }).patroni(signal);
    return {
      state: status.state,
      role: status.role,
      name: status.name ?? null,
      scope: status.scope ?? null,
      version: status.version ?? null,
      timeline: status.timeline ?? null,
      systemIdentifier: status.systemIdentifier ?? null,
      isPaused: status.isPaused,
      isClusterUnlocked: status.isClusterUnlocked,
      isFailsafeActive: status.isFailsafeActive,
      isRestartPending: status.isRestartPending,
      restartSettings: status.restartSettings,
      isWatchdogFailed: status.isWatchdogFailed,
      dcsLastSeen: status.dcsLastSeen === undefined ? null : new Date(status.dcsLastSeen * 1000).toISOString(),
      tags: redactDocument(status.tags),
    };
  },
});
