import { expect, test } from 'vitest';
import { hbaFact } from '../hba.fixture.ts';
import { role, rolesFact } from '../roles.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgIdentMapsNarrow } from './pg-ident-maps-narrow.ts';

const roles = rolesFact([role('dba', { superuser: true }), role('app'), role('ops', { canLogin: false })], {
  memberships: [{ role: 'ops', member: 'dba' }],
});

const judge = (systemName: string, database: string, rule = 'local all all peer map=m') =>
  pgIdentMapsNarrow.evaluate(
    {
      'pg.ident': { mappings: [{ file: null, line: 4, map: 'm', systemName, role: database }], errors: [] },
      'pg.hba': hbaFact(rule),
      'pg.roles': roles,
    },
    pgIdentMapsNarrow.params,
    seenAt,
  );

test.each([
  ['deploy', 'postgres', 'fail'],
  ['deploy', 'all', 'fail'],
  ['deploy', '+ops', 'fail'],
  ['deploy', '/^d', 'fail'],
  ['deploy', '/(?<x', 'fail'],
  [String.raw`/^(.*)@example\.com$`, String.raw`\1`, 'fail'],
  [String.raw`/^([a-z]+)@example\.com$`, String.raw`\1`, 'fail'],
  [String.raw`/^(.*)-admin$`, String.raw`d\1`, 'fail'],
  ['/^no-parentheses$', String.raw`\1`, 'fail'],
  [String.raw`/^(app[0-9]*)@example\.com$`, String.raw`\1`, 'pass'],
  [String.raw`/^(.*)$`, String.raw`svc_\1`, 'pass'],
  ['deploy', 'app', 'pass'],
  ['deploy', '/^app', 'pass'],
  ['postgres', 'postgres', 'pass'],
])('%s as %s: %s', (systemName, database, outcome) => {
  expect(judge(systemName, database).outcome).toBe(outcome);
});

test('the mapping that is too wide is shown', () => {
  const verdict = judge('deploy', 'dba');
  expect(verdict.reason.en).toBe('line 4: deploy may become dba');
  expect(evidenceLines(verdict)).toEqual(['line 4=4|m|deploy|dba']);
});

test('a map that no rule uses does nothing', () => {
  expect(judge('deploy', 'postgres', 'local all all peer').outcome).toBe('pass');
});

test('a file that does not parse fails', () => {
  const verdict = pgIdentMapsNarrow.evaluate(
    {
      'pg.ident': { mappings: [], errors: [{ file: `/pg/it's.conf`, line: 2, message: 'missing entry' }] },
      'pg.hba': hbaFact('local all all peer'),
      'pg.roles': roles,
    },
    pgIdentMapsNarrow.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('fail');
  expect(verdict.evidence[0]?.sql).toContain(`file_name = '/pg/it''s.conf'`);
});
