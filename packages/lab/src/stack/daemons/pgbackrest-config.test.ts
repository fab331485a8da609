import { expect, it } from 'vitest';
import { parseIni } from './ini.fixture.ts';
import { fixtureMaterials, fixtureSecrets } from './materials.fixture.ts';
import { renderPgbackrestConfig } from './pgbackrest-config.ts';

const materials = fixtureMaterials({ standbyCluster: { delaySeconds: 0 } });
const [member] = materials.topology.members;
const [follower] = materials.topology.standbyMembers;

it('has two repositories that all members share, the second one encrypted', () => {
  if (member === undefined) throw new Error('no member');
  const config = parseIni(renderPgbackrestConfig(materials, member));
  expect(config).toMatchObject({
    global: {
      'repo1-path': '/lab/repo1',
      'repo2-path': '/lab/repo2',
      'repo2-cipher-type': 'aes-256-cbc',
      'repo2-cipher-pass': fixtureSecrets.backupCipher,
      'archive-async': 'y',
      'spool-path': '/lab/pg-test-1/pgbackrest/spool',
    },
    'pg-test': { 'pg1-path': '/lab/pg-test-1/data', 'pg1-socket-path': '/lab/pg-test-1/sock' },
  });
  expect(config['global']).not.toHaveProperty('repo1-cipher-type');
  // It would drop WAL and report it archived.
  expect(config['global']).not.toHaveProperty('archive-push-queue-max');
});

it('lets a member of the standby cluster read the WAL of the cluster it follows', () => {
  if (follower === undefined) throw new Error('no standby cluster');
  const sections = Object.keys(parseIni(renderPgbackrestConfig(materials, follower)));
  expect(sections).toEqual(['global', 'pg-test', 'pg-testb']);
});
