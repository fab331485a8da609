import { alertsActive, select, type Selector } from '@pgattest/catalog';

/**
 * Whether an alert fires already: with it a cause outlasts its end by a little, so that what follows from it is over
 * before it is no longer hidden. vmalert of Debian 12 does not know `keep_firing_for`.
 */
export const stillFiring = (alertname: string): Selector => select(alertsActive, { alertname, alertstate: 'firing' });
