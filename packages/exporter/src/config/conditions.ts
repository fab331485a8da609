import type { Requirements } from '@pgattest/catalog';
import { findNearest } from '@pgattest/runtime';
import type { Fields } from './fields.ts';
import { wordOf } from './fields.ts';

/** What the tags of a branch ask of a server; all of it must hold. */
export interface Conditions {
  readonly source: 'postgres' | 'pgbouncer';
  readonly scope: 'instance' | 'database';
  readonly role: 'primary' | 'replica' | undefined;
  readonly requires: Requirements | undefined;
  /** Two tags exclude each other: no server can ever have both. */
  readonly isImpossible: boolean;
}

const roleWords: ReadonlyMap<string, 'primary' | 'replica'> = new Map([
  ['primary', 'primary'],
  ['master', 'primary'],
  ['leader', 'primary'],
  ['standby', 'replica'],
  ['replica', 'replica'],
  ['slave', 'replica'],
]);
const prefixes = ['extension', 'schema', 'dbname', 'username', 'not'] as const;
const words = [...roleWords.keys(), 'cluster', 'pgbouncer'];

interface Found {
  readonly extension: string[];
  readonly schema: string[];
  readonly dbname: string[];
  readonly username: string[];
  readonly not: string[];
  readonly custom: string[];
}

/** Reads `tags` of a branch. A word that is no planning condition is one the operator gives the server with --tag. */
export function readConditions(fields: Fields): Conditions {
  const found: Found = { extension: [], schema: [], dbname: [], username: [], not: [], custom: [] };
  const roles = new Set<'primary' | 'replica'>();
  let isPgbouncer = false;
  let isCluster = false;
  for (const tag of readTags(fields)) {
    const role = roleWords.get(tag);
    const prefix = prefixes.find((word) => tag.startsWith(`${word}:`));
    if (role !== undefined) roles.add(role);
    else if (tag === 'cluster') isCluster = true;
    else if (tag === 'pgbouncer') isPgbouncer = true;
    else if (prefix === undefined) found.custom.push(checkCustomTag(fields, tag));
    else found[prefix].push(checkOperand(fields, tag, prefix));
  }
  const contradiction = contradictionOf(roles, found);
  if (contradiction !== undefined) {
    fields.warn(
      'never-planned',
      'tags',
      `${contradiction} never hold together, so the branch never runs`,
      'remove one',
    );
  }
  const requires = requirementsOf(found);
  return {
    source: isPgbouncer ? 'pgbouncer' : 'postgres',
    scope: isCluster ? 'instance' : 'database',
    role: [...roles][0],
    requires: Object.keys(requires).length === 0 ? undefined : requires,
    isImpossible: contradiction !== undefined,
  };
}

function readTags(fields: Fields): readonly string[] {
  return (fields.list('tags') ?? []).flatMap((item) => {
    if (item.kind === 'scalar') return [item.text];
    if (item.kind === 'null') return [''];
    fields.error(
      'wrong-type',
      'tags',
      `holds a ${wordOf(item)}, not a word`,
      'write words such as primary or extension:x',
    );
    return [];
  });
}

function checkCustomTag(fields: Fields, tag: string): string {
  const [prefix = '', ...rest] = tag.split(':');
  const nearest =
    rest.length > 0 ? findNearest(prefix, prefixes)?.concat(':', rest.join(':')) : findNearest(tag, words);
  if (tag.trim() === '') {
    fields.warn('bad-tag', 'tags', 'holds an empty tag, which no server has', 'remove it');
  } else if (nearest !== undefined) {
    const message = `the tag ${tag} is no planning condition, so it must be given to the server with --tag`;
    fields.warn('bad-tag', 'tags', message, `did you mean ${nearest}?`);
  }
  return tag;
}

function checkOperand(fields: Fields, tag: string, prefix: string): string {
  const operand = tag.slice(prefix.length + 1);
  if (operand === '') fields.warn('bad-tag', 'tags', `the tag ${tag} names nothing`, `write ${prefix}:name`);
  return operand;
}

function contradictionOf(roles: ReadonlySet<string>, found: Found): string | undefined {
  if (roles.size > 1) return 'the tags for a primary and for a replica';
  if (new Set(found.dbname).size > 1) return `the tags ${found.dbname.map((name) => `dbname:${name}`).join(' and ')}`;
  if (new Set(found.username).size > 1)
    return `the tags ${found.username.map((name) => `username:${name}`).join(' and ')}`;
  const both = found.custom.find((tag) => found.not.includes(tag));
  return both === undefined ? undefined : `the tags ${both} and not:${both}`;
}

function requirementsOf(found: Found): Requirements {
  const [database] = found.dbname;
  const [user] = found.username;
  return {
    ...(found.extension.length === 0 ? {} : { extensions: found.extension }),
    ...(found.schema.length === 0 ? {} : { schemas: found.schema }),
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(found.custom.length === 0 ? {} : { tags: found.custom }),
    ...(found.not.length === 0 ? {} : { notTags: found.not }),
  };
}
