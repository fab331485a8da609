import type { FactMap } from '../facts.ts';
import { listItems } from './log-destinations.ts';

/** True when the setting (shared_preload_libraries) loads this library: `auth_delay`, `$libdir/auth_delay.so`. */
export const loadsLibrary = (
  settings: FactMap['pg.settings'],
  library: string,
  setting = 'shared_preload_libraries',
): boolean =>
  listItems(settings[setting]?.value ?? '').some(
    (item) => item.replace(/^.*\//u, '').replace(/\.so$/u, '') === library,
  );
