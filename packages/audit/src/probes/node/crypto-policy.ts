import { defineProbe } from '../../probe.ts';

/** Whether the host keeps to approved cryptography. */
export interface CryptoPolicy {
  /** `1` in FIPS mode, `0` not; null where the kernel does not have the switch. */
  readonly fipsEnabled: string | null;
  /** First line of the system-wide policy that counts, such as `DEFAULT` or `FIPS`; null without one. */
  readonly policy: string | null;
}

/** FIPS mode of the kernel and the system-wide cryptographic policy. */
export const nodeCryptoPolicy = defineProbe({
  id: 'node.crypto-policy',
  subject: 'node',
  title: 'FIPS mode of the kernel and the system-wide cryptographic policy',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<CryptoPolicy> {
    const mode = await node.readText('/proc/sys/crypto/fips_enabled');
    const policy = ((await node.readText('/etc/crypto-policies/config')) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '' && !line.startsWith('#'));
    return { fipsEnabled: mode?.trim() ?? null, policy: policy ?? null };
  },
});
