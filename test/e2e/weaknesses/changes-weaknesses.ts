import { changesFile, cluster, onCluster } from './cast.ts';
import { edit } from './introduce/file.ts';
import { statement } from './introduce/statement.ts';
import type { WeaknessGroup } from './weakness.ts';

/** Changes since the run before that no record approves; all others of this suite are approved. */
export const changesWeaknesses: WeaknessGroup = {
  name: 'changes',
  weaknesses: [
    {
      id: 'change that nobody approved',
      sentence: 'a role got another limit of connections, and no change record says so',
      on: cluster,
      introduce: async (lab) => {
        const healFile = await edit(changesFile, () => 'changes: []\n')(lab);
        try {
          const healRole = await statement(
            'ALTER ROLE app_rw CONNECTION LIMIT 59',
            'ALTER ROLE app_rw CONNECTION LIMIT 60',
          )(lab);
          return async () => {
            await healRole();
            await healFile();
          };
        } catch (error) {
          await healFile();
          throw error;
        }
      },
      expected: [...onCluster({ 'cluster-changes-approved': 'fail' })],
    },
  ],
};
