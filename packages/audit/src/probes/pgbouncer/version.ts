import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';

export interface PgbouncerVersion {
  /** `1.18.0` */
  readonly version: string;
  /** 11800 */
  readonly versionNum: number;
}

/** The version it says at login. Errors: invalid_data when it says none. */
export const pgbouncerVersion = defineProbe({
  id: 'pgbouncer.version',
  subject: 'pgbouncer',
  title: 'Version of PgBouncer, as it says at login',
  privilege: 'membership in stats_users of pgbouncer.ini',
  grants: [],
  collect({ console }): Promise<PgbouncerVersion> {
    const { version, versionNum } = console;
    if (version === undefined || versionNum === undefined) {
      return Promise.reject(new ConnectError('invalid_data', 'PgBouncer did not say its version at login'));
    }
    return Promise.resolve({ version, versionNum });
  },
});
