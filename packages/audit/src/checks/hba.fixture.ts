import type { FactMap } from '../facts.ts';
import type { HbaRule } from './hba-match.ts';

/**
 * A pg.hba fact from lines as they stand in the file: `host app +ops 10.0.0.0/8 scram-sha-256 map=x`. Lines count from
 * 1; lists are separated by commas.
 */
export const hbaFact = (...lines: readonly string[]): FactMap['pg.hba'] => ({
  rules: lines.map((text, index) => hbaRule(text, index + 1)),
  errors: [],
  changedSinceReload: false,
});

/** One line as pg_hba_file_rules shows it: `10.0.0.0/8` becomes address and netmask. */
export function hbaRule(text: string, line = 1, file: string | null = null): HbaRule {
  const [type = '', databases = '', users = '', ...rest] = text.split(/\s+/u);
  const place = type === 'local' ? undefined : rest[0];
  const [method = '', ...options] = type === 'local' ? rest : rest.slice(1);
  const [base = '', prefix] = (place ?? '').split('/');
  return {
    file,
    line,
    type,
    databases: databases.split(','),
    users: users.split(','),
    address: place === undefined ? null : base,
    netmask: prefix === undefined ? null : maskText(base, Number(prefix)),
    method,
    options,
  };
}

function maskText(base: string, prefix: number): string {
  const groups = base.includes(':') ? { count: 8, bits: 16 } : { count: 4, bits: 8 };
  const parts = Array.from({ length: groups.count }, (_, index) => {
    const ones = Math.min(groups.bits, Math.max(0, prefix - index * groups.bits));
    return 2 ** groups.bits - 2 ** (groups.bits - ones);
  });
  return groups.count === 8 ? parts.map((part) => part.toString(16)).join(':') : parts.join('.');
}
