import { describe, expect, it } from 'vitest';
import type { StackRun } from '../stack-run.ts';
import { fixtureMaterials } from './materials.fixture.ts';
import { findMemberProblem, renderBootstrapScript } from './patroni.ts';
import { stackOf } from './stack-run.fixture.ts';

const materials = fixtureMaterials();
const [member] = materials.topology.members;
if (member === undefined) throw new Error('no member');

/** A stack in which Patroni and SQL answer like this. */
function stackThat(answer: object | undefined, sql: () => readonly (readonly string[])[]): StackRun {
  return stackOf(materials, {
    http: async () => (answer === undefined ? undefined : { status: 200, body: JSON.stringify(answer) }),
    sql: async () => sql(),
  });
}
const running = (role: string) => ({ state: 'running', role });

describe('a member', () => {
  it.each([
    ['a writable primary', running('master'), [['f', 'not running']]],
    ['a streaming replica', running('replica'), [['t', 'streaming']]],
    ['a streaming standby leader', running('standby_leader'), [['t', 'streaming']]],
  ])('is ready as %s', async (_, answer, rows) => {
    expect(
      await findMemberProblem(
        stackThat(answer, () => rows),
        member,
      ),
    ).toBeUndefined();
  });

  it.each([
    ['without Patroni', undefined, [['f', '']], /Patroni of pg-test-1 does not answer at http:/u],
    ['while it is copied', { state: 'creating replica', role: 'replica' }, [], /"creating replica"/u],
    ['before it is promoted', running('master'), [['t', 'not running']], /not promoted yet/u],
    ['without a stream', running('replica'), [['t', 'not running']], /does not stream yet: .* not running/u],
    ['when Patroni answers nonsense', [], [['f', '']], /"unknown"/u],
  ])('is not ready %s, and says why', async (_, answer, rows, words) => {
    expect(
      await findMemberProblem(
        stackThat(answer, () => rows),
        member,
      ),
    ).toMatch(words);
  });

  it('is not ready when its server refuses, in the words of the server', async () => {
    const run = stackThat(running('replica'), () => {
      throw new Error('the database system is starting up');
    });
    expect(await findMemberProblem(run, member)).toBe(
      'PostgreSQL of pg-test-1 does not answer: the database system is starting up',
    );
  });
});

it('hands the new cluster to psql, which stops at the first error, and then to pgBackRest, which may fail', () => {
  expect(renderBootstrapScript(materials, member).split('\n')).toEqual([
    '#!/bin/sh',
    `'/usr/lib/postgresql/15/bin/psql' -X -q -v ON_ERROR_STOP=1 -f '/lab/pg-test-1/patroni/bootstrap.sql' "$1" || exit 1`,
    `'/usr/bin/pgbackrest' --stanza=pg-test stanza-create`,
    'exit 0',
    '',
  ]);
});
