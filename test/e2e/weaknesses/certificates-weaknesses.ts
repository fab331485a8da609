import { offline, onSubject } from './cast.ts';
import { fault } from './introduce/fault.ts';
import type { WeaknessGroup } from './weakness.ts';

/** Certificates: one that ends in days. */
export const certificatesWeaknesses: WeaknessGroup = {
  name: 'certificates',
  weaknesses: [
    {
      id: 'certificate near its end',
      sentence: 'the certificate of a server ends in three days',
      on: offline,
      introduce: fault('certificate-near-expiry', offline),
      expected: [...onSubject(offline, { 'pg-tls-certificate': 'fail' })],
    },
  ],
};
