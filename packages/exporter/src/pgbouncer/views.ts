import { clientsView, encryptedView, serversView, transportView } from './counting-views.ts';
import {
  configView,
  limitNames,
  listsView,
  poolingView,
  securityView,
  settingsView,
  stateView,
  switchNames,
  timeoutNames,
} from './pivot-views.ts';
import { dnsHostsView, dnsZonesView, queueView, sessionView, usersView } from './session-views.ts';
import type { View } from './view.ts';

/** Views by the id of the built-in collector; a collector without one reads the answer as it is. */
export const views: ReadonlyMap<string, View> = new Map([
  ['pgbouncer', listsView],
  ['pgbouncer_config', configView],
  ['pgbouncer_state', stateView],
  ['pgbouncer_client', clientsView],
  ['pgbouncer_server', serversView],
  ['pgbouncer_client_transport', transportView],
  ['pgbouncer_server_transport', transportView],
  ['pgbouncer_client_encrypted', encryptedView],
  ['pgbouncer_server_encrypted', encryptedView],
  ['pgbouncer_client_session', sessionView],
  ['pgbouncer_server_session', sessionView],
  ['pgbouncer_pool_queue', queueView],
  ['pgbouncer_user', usersView],
  ['pgbouncer_dns_host', dnsHostsView],
  ['pgbouncer_dns_zone', dnsZonesView],
  ['pgbouncer_config_security', securityView],
  ['pgbouncer_config_pooling', poolingView],
  ['pgbouncer_config_limit', settingsView(limitNames, 'connections')],
  ['pgbouncer_config_timeout', settingsView(timeoutNames, 'seconds')],
  ['pgbouncer_config_switch', settingsView(switchNames, 'enabled')],
]);
