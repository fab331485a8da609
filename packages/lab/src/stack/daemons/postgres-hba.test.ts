import { expect, it } from 'vitest';
import { fixtureMaterials, fixtureVariants } from './materials.fixture.ts';
import { hbaRules } from './postgres-hba.ts';

function rulesOf(host: string, materials = fixtureMaterials({ standbyCluster: { delaySeconds: 0 } })) {
  const { members, standbyMembers } = materials.topology;
  const member = [...members, ...standbyMembers].find(({ name }) => name === host);
  if (member === undefined) throw new Error(`no member ${host}`);
  return hbaRules(materials, member);
}

it('lets replicas of both clusters stream from a member of the main one, each from its own address', () => {
  const streams = rulesOf('pg-test-1').filter((rule) => rule.startsWith('hostssl replication'));
  expect(streams).toEqual(
    ['11', '12', '13', '31', '32'].map((part) => `hostssl replication replicator 198.51.100.${part}/32 scram-sha-256`),
  );
  const cascade = rulesOf('pg-testb-1').filter((rule) => rule.startsWith('hostssl replication'));
  expect(cascade).toEqual(
    ['31', '32'].map((part) => `hostssl replication replicator 198.51.100.${part}/32 scram-sha-256`),
  );
});

it.each(fixtureVariants)('has neither trust nor a superuser over the network, with %s', (_, options) => {
  const rules = rulesOf('pg-test-1', fixtureMaterials(options));
  expect(rules.join('\n')).not.toMatch(/trust|md5|password/u);
  const remote = rules.filter((rule) => rule.startsWith('host') && !rule.endsWith('reject'));
  for (const rule of remote) {
    expect(rule).toMatch(/^hostssl \S+ \S+ \S+\/32 scram-sha-256$/u);
    expect(rule).not.toMatch(/\b(?:postgres|dbuser_dba|all) \d/u);
  }
  expect(rules.slice(-2)).toEqual(['host all all all reject', 'host replication all all reject']);
});

it('trusts the operating system for the superuser only where the server has a user of its own', () => {
  expect(rulesOf('pg-test-1', fixtureMaterials({}, { separateUsers: true }))[0]).toBe('local all postgres peer');
  expect(rulesOf('pg-test-1', fixtureMaterials({}, { separateUsers: false }))[0]).toBe(
    'local all postgres scram-sha-256',
  );
});

it('knows one source address only on loopback', () => {
  const rules = rulesOf('pg-test-1', fixtureMaterials({ isolation: 'loopback', subnet: '127.0.0' }));
  expect(rules.filter((rule) => rule.startsWith('hostssl')).every((rule) => rule.includes(' 127.0.0.1/32 '))).toBe(
    true,
  );
});
