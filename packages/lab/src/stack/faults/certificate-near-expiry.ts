import type { Fault } from '../fault.ts';
import { untilWell } from './steps/cluster-health.ts';
import { getRemembered } from './steps/fault-state.ts';
import { restoreCertificate, swapCertificate } from './steps/certificate-swap.ts';

const dayMs = 86_400_000;

/** The server certificate of a member ends in three days. */
export const certificateNearExpiry: Fault = {
  id: 'certificate-near-expiry',
  title: 'The PostgreSQL certificate of a member (the primary unless named) ends in three days',
  needs: 'nothing',
  expected: [
    {
      text: 'Nothing fails yet: only an observer that reads the certificate can warn.',
      source: 'PostgreSQL docs, 19.9 secure TCP/IP connections',
    },
  ],
  apply: (run, target) => {
    const now = Date.now();
    return swapCertificate(run, target, {
      validFrom: new Date(now - 87 * dayMs),
      validTo: new Date(now + 3 * dayMs),
    });
  },
  async heal(run, state) {
    await restoreCertificate(run, state);
    await untilWell(run, getRemembered(state, 'member'));
  },
};
