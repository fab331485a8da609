import { expect, test } from 'vitest';
import { objectsFact } from '../objects.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgDefaultPrivilegesDeclared as check } from './pg-default-privileges-declared.ts';

const entry = (grantee: string, privilege: string, objects: 'TABLES' | 'SEQUENCES' | 'FUNCTIONS' = 'TABLES') => ({
  owner: 'dba',
  schema: null,
  objects,
  grantee,
  privilege,
});
const judge = (
  defaultPrivileges: readonly ReturnType<typeof entry>[],
  tiers: readonly string[] = ['dbrole_readonly'],
  closed: readonly string[] = [],
) =>
  check.evaluate(
    {
      'pg.object-access': objectsFact({ defaultPrivileges }, closed),
      'pg.roles': rolesFact(tiers.map((name) => role(name, { canLogin: false }))),
    },
    check.params,
    seenAt,
  );
const readonly = [
  entry('dbrole_readonly', 'EXECUTE', 'FUNCTIONS'),
  entry('dbrole_readonly', 'SELECT', 'SEQUENCES'),
  entry('dbrole_readonly', 'SELECT'),
];

test.each([
  ['all entries of the tier', readonly, 'pass'],
  ['one is missing', readonly.slice(1), 'warn'],
  ['none', [], 'warn'],
] as const)('%s', (_, entries, outcome) => {
  expect(judge(entries).outcome).toBe(outcome);
});

test('without tiers a person declares them; an unseen database leaves it open', () => {
  expect(judge([], []).outcome).toBe('manual');
  expect(judge([], []).reason.en).toContain('params.pg-default-privileges-declared.entries');
  expect(judge(readonly, ['dbrole_readonly'], ['crm']).outcome).toBe('undecided');
});

test('the evidence lists what the tiers get', () => {
  expect(evidenceLines(judge(readonly))).toEqual([
    'tiers that exist as roles=dbrole_readonly',
    'database shop: default privileges of the tiers=dbrole_readonly|EXECUTE|FUNCTIONS\ndbrole_readonly|SELECT|SEQUENCES\ndbrole_readonly|SELECT|TABLES',
  ]);
});
