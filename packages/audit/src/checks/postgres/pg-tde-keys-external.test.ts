import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgTdeKeysExternal } from './pg-tde-keys-external.ts';

type Tde = FactMap['pg.tde'];
type Database = Tde['examined'][number];
const shop: Database = {
  database: 'shop',
  extension: '2.0',
  encrypted: 2,
  plain: [],
  providers: ['database vault-v2'],
};
const judge = (
  database: Partial<Database>,
  {
    settings = { 'pg_tde.wal_encrypt': 'on' },
    sensitiveTables = ['shop.public.*'],
    closed = [],
  }: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly sensitiveTables?: readonly string[];
    readonly closed?: Tde['closed'];
  } = {},
) =>
  pgTdeKeysExternal.evaluate(
    { 'pg.tde': { examined: [{ ...shop, ...database }], closed }, 'pg.settings': settingsFact(settings) },
    { ...pgTdeKeysExternal.params, sensitiveTables },
    seenAt,
  );
const unused = { extension: null, encrypted: 0, providers: [] };

test('hardened: tables and WAL are encrypted, keys come from a vault', () => {
  const verdict = judge({});
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toContain('database shop: key providers=database vault-v2');
});

test.each<readonly [string, Partial<Database>, Parameters<typeof judge>[1], string]>([
  ['weak: a sensitive table is plain', { plain: ['public.card'] }, {}, 'fail'],
  ['a plain table that is not sensitive', { plain: ['web.page'] }, {}, 'pass'],
  ['weak: keys in a file', { providers: ['global file'] }, {}, 'warn'],
  ['weak: WAL in clear', {}, { settings: { 'pg_tde.wal_encrypt': 'off' } }, 'warn'],
  ['plain tables, and nobody said which matter', { plain: ['public.card'] }, { sensitiveTables: [] }, 'manual'],
  ['no plain table at all', {}, { sensitiveTables: [] }, 'pass'],
  ['providers that may not be listed', { providers: null }, {}, 'undecided'],
  ['a database that is closed', {}, { closed: [{ database: 'x', message: 'denied' }] }, 'undecided'],
  ['not used', unused, { settings: {} }, 'not_applicable'],
  ['not used as far as is seen', unused, { settings: {}, closed: [{ database: 'x', message: 'denied' }] }, 'undecided'],
  ['another product', unused, { settings: { encryption_key_command: '/bin/key' } }, 'manual'],
])('%s: %s', (_, database, rest, outcome) => {
  expect(judge(database, rest).outcome).toBe(outcome);
});
