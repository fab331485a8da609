import type { Fault } from '../fault.ts';
import { untilWell } from './steps/cluster-health.ts';
import { getRemembered } from './steps/fault-state.ts';
import { restoreCertificate, swapCertificate } from './steps/certificate-swap.ts';

const dayMs = 86_400_000;

/** The server certificate of a member ended yesterday. */
export const certificateExpired: Fault = {
  id: 'certificate-expired',
  title: 'The PostgreSQL certificate of a member (the primary unless named) ended yesterday',
  needs: 'nothing',
  expected: [
    {
      text: 'The server goes on and shows it; clients that verify (verify-ca, verify-full) refuse new sessions.',
      source: 'PostgreSQL docs, 34.19 libpq SSL support',
    },
    {
      text: 'Replicas keep the session they have and fail at the next reconnect; pg_rewind and base backups fail.',
      source: 'PostgreSQL docs, 34.19 libpq SSL support',
    },
  ],
  apply: (run, target) => {
    const now = Date.now();
    return swapCertificate(run, target, { validFrom: new Date(now - 91 * dayMs), validTo: new Date(now - dayMs) });
  },
  async heal(run, state) {
    await restoreCertificate(run, state);
    await untilWell(run, getRemembered(state, 'member'));
  },
};
