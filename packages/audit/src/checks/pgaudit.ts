import { listItems } from './log-destinations.ts';

/** Statement classes of pgaudit.log (pgaudit README, "Settings"). */
const classes: readonly string[] = ['read', 'write', 'function', 'role', 'ddl', 'misc', 'misc_set'];

/**
 * Classes that pgaudit.log switches on, read from left to right: `all, -misc` is everything but misc and the misc_set
 * that misc contains.
 */
export function pgauditClasses(value: string): ReadonlySet<string> {
  const logged = new Set<string>();
  for (const item of listItems(value)) {
    const off = item.startsWith('-');
    for (const name of membersOf(off ? item.slice(1) : item)) {
      if (off) logged.delete(name);
      else logged.add(name);
    }
  }
  return logged;
}

function membersOf(item: string): readonly string[] {
  if (item === 'all') return classes;
  if (item === 'misc') return ['misc', 'misc_set'];
  return classes.includes(item) ? [item] : [];
}

/** Major version of PostgreSQL that a version of pgaudit is made for: 1.7 for 15, from 16 on the same number. */
export function pgauditMajor(version: string): number | undefined {
  const [major, minor] = version.split('.').map(Number);
  if (major === 1 && minor !== undefined) return minor + 8;
  return major === undefined || Number.isNaN(major) ? undefined : major;
}
