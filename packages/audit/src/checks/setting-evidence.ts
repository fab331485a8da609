import type { Evidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';

/** Evidence for one row of pg_settings. A setting this server does not have prints an empty line, as psql does. */
export function settingEvidence(settings: FactMap['pg.settings'], name: string, expected: Text): Evidence {
  return {
    fact: 'pg.settings',
    at: name,
    actual: settings[name]?.value ?? '',
    expected,
    sql: `SELECT setting FROM pg_settings WHERE name = '${name}'`,
  };
}
