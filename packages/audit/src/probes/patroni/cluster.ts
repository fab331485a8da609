import { createPatroniClient } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';
import { redactDocument, type Json } from '../../redact-document.ts';

/** One member as the DCS knows it. */
export interface ClusterMemberFact {
  readonly name: string;
  /** `leader`, `standby_leader`, `sync_standby`, `quorum_standby`, `replica`. */
  readonly role: string;
  readonly state: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly timeline: number | null;
  /** Null for the leader, and where Patroni says `unknown`. */
  readonly lagBytes: number | null;
  readonly isRestartPending: boolean;
  readonly tags: { readonly [name: string]: Json };
}

export interface PatroniClusterFact {
  readonly members: readonly ClusterMemberFact[];
  readonly isPaused: boolean;
  /** ISO 8601 as Patroni writes it. */
  readonly scheduledSwitchoverAt: string | null;
}

/** Everybody the DCS knows, as this member reads it. */
export const patroniCluster = defineProbe({
  id: 'patroni.cluster',
  subject: 'patroni',
  title: 'Members, leader and tags as this member reads them from the DCS (GET /cluster)',
  privilege: 'none; reading is open unless restapi.verify_client is required',
  grants: [],
  async collect({ target, signal }): Promise<PatroniClusterFact> {
    const cluster = await createPatroniClient(target, { timeoutMs: requestTimeoutMs }).cluster(signal);
    return {
      members: cluster.members.map((member) => ({
        name: member.name,
        role: member.role,
        state: member.state,
        host: member.host ?? null,
        port: member.port ?? null,
        timeline: member.timeline ?? null,
        lagBytes: member.lagBytes ?? null,
        isRestartPending: member.isRestartPending,
        tags: Object.fromEntries(Object.entries(member.tags).map(([name, value]) => [name, redactDocument(value)])),
      })),
      isPaused: cluster.isPaused,
      scheduledSwitchoverAt: cluster.scheduledSwitchover?.at ?? null,
    };
  },
});
