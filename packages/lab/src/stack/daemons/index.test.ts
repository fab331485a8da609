import { describe, expect, it } from 'vitest';
import type { Daemon } from '../daemon.ts';
import { hostsOf } from '../topology.ts';
import { startPlanOf } from './index.ts';
import { fixtureMaterials, fixtureSecrets, fixtureVariants } from './materials.fixture.ts';

const secrets: readonly string[] = Object.values(fixtureSecrets);
const hostsWith = (daemons: readonly Daemon[], component: string): readonly string[] =>
  daemons.filter((daemon) => daemon.component === component).map(({ host }) => host);
const components = (rulesDirectory: string | undefined): readonly string[] =>
  startPlanOf({ ...fixtureMaterials(), rulesDirectory }).flatMap((step) =>
    step.daemons.map(({ component }) => component),
  );
const holdsSecret = (text: string): boolean => secrets.some((secret) => text.includes(secret));

describe.each(fixtureVariants)('the plan of a lab with %s', (_, options) => {
  const materials = fixtureMaterials(options);
  const plan = startPlanOf(materials);
  const daemons = plan.flatMap((step) => step.daemons);

  it('names each daemon once, component@host, on a host that exists', () => {
    expect(new Set(daemons.map(({ id }) => id)).size).toBe(daemons.length);
    const hosts = hostsOf(materials.topology).map(({ name }) => name);
    for (const { id, component, host } of daemons) {
      expect(id).toBe(`${component}@${host}`);
      expect(hosts).toContain(host);
    }
  });

  it('puts no secret into an argument or an environment, and none into a file that others may read', () => {
    for (const daemon of daemons) {
      expect(holdsSecret([...daemon.argv, ...Object.values(daemon.env)].join('\n'))).toBe(false);
      const open = daemon.files.filter(({ content, mode }) => holdsSecret(content) && (mode & 0o077) !== 0);
      expect(open.map(({ path }) => path)).toEqual([]);
    }
  });

  it('writes below the directory of the lab only, and gives every file to the user of its daemon', () => {
    for (const { user, files, directories } of daemons) {
      for (const { path } of [...files, ...directories]) expect(path).toMatch(/^\/lab\//u);
      for (const { owner } of files) expect(owner).toBe(user);
    }
  });

  it('starts Patroni and PgBouncer once per member, and HAProxy once', () => {
    const { members, standbyMembers } = materials.topology;
    const all = [...members, ...standbyMembers].map(({ name }) => name);
    expect(hostsWith(daemons, 'patroni')).toEqual(all);
    expect(hostsWith(daemons, 'pgbouncer').toSorted()).toEqual(all.toSorted());
    expect(hostsWith(daemons, 'haproxy')).toEqual(['mon']);
    expect(hostsWith(daemons, 'etcd')).toEqual(materials.topology.etcd.map(({ name }) => name));
  });
});

it('has no program of the monitoring without monitoring, and no pgBackRest without backup', () => {
  const plan = startPlanOf(fixtureMaterials({ monitoring: false, backup: false }));
  expect(new Set(plan.flatMap((step) => step.daemons.map(({ component }) => component)))).toEqual(
    new Set(['etcd', 'patroni', 'pgbouncer', 'haproxy']),
  );
  expect(plan.flatMap((step) => step.tasks.map(({ title }) => title))).toEqual([
    'users and roles of etcd',
    'timers of the plan norm',
  ]);
  expect(JSON.stringify(plan)).not.toContain('pgbackrest');
});

it('evaluates rules only where there are some', () => {
  expect(components('/rules')).toContain('vmalert');
  expect(components(undefined)).not.toContain('vmalert');
});
