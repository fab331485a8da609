import type { ConnectErrorCode } from '@pgattest/connect';
import type { UnavailableCode } from './probe.ts';

/** `tls_failed`, `starting` and the like are kept in the message: to a check all of them mean it could not look. */
export const unavailableCodeOf: Readonly<Record<ConnectErrorCode, UnavailableCode>> = {
  unreachable: 'unreachable',
  auth_failed: 'auth_failed',
  permission_denied: 'permission_denied',
  timeout: 'timeout',
  tls_failed: 'unreachable',
  starting: 'unreachable',
  too_many_connections: 'unreachable',
  unsupported: 'unsupported',
  query_failed: 'probe_failed',
  invalid_data: 'invalid_data',
  aborted: 'timeout',
  config_invalid: 'probe_failed',
};
