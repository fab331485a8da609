import { describe, expect, it } from 'vitest';
import { parsePigstyInventory } from './pigsty-inventory.ts';

const inventory = `all:
  vars: { pg_port: 5432, admin_ip: 10.10.10.10 }
  children:
    etcd:
      hosts:
        10.10.10.10: { etcd_seq: 1 }
        10.10.10.11: { etcd_seq: 2 }
      vars: { etcd_cluster: etcd }
    infra: { hosts: { 10.10.10.10: { infra_seq: 1 } } }
    pg-test:
      hosts:
        10.10.10.11: { pg_seq: 1, pg_role: primary }
        10.10.10.12: { pg_seq: 2, pg_role: replica, pg_port: 5433 }
        10.10.10.13: { pg_seq: 3, pg_role: offline }
      vars: { pg_cluster: pg-test, pg_vip_enabled: true, pg_vip_address: 10.10.10.3/24 }
    pg-dr:
      hosts: { 10.10.20.11: { pg_seq: 1, pg_role: primary, pg_upstream: 10.10.10.11 } }
      vars: { pg_cluster: pg-dr }
`;

describe('a Pigsty inventory', () => {
  it('tells clusters, members, etcd, the address that moves, and who follows another cluster', () => {
    const { clusters, etcd, notes } = parsePigstyInventory(inventory, 'pigsty.yml');
    expect(notes).toEqual([]);
    expect(etcd.map(({ name, host }) => `${name} ${host}`)).toEqual(['etcd-1 10.10.10.10', 'etcd-2 10.10.10.11']);
    expect(clusters).toEqual([
      {
        name: 'pg-test',
        members: [
          { name: 'pg-test-1', host: '10.10.10.11', port: 5432, role: 'primary' },
          { name: 'pg-test-2', host: '10.10.10.12', port: 5433, role: 'replica' },
          { name: 'pg-test-3', host: '10.10.10.13', port: 5432, role: 'offline' },
        ],
        vip: '10.10.10.3',
        isStandby: false,
      },
      {
        name: 'pg-dr',
        members: [{ name: 'pg-dr-1', host: '10.10.20.11', port: 5432, role: 'primary' }],
        isStandby: true,
      },
    ]);
  });

  it.each([
    [
      'a host without pg_seq',
      'pg_seq: 2, ',
      '',
      /host 10\.10\.10\.12 has no pg_seq that is a number; it was left out/u,
    ],
    [
      'a role nobody knows',
      'pg_role: offline',
      'pg_role: spare',
      /host 10\.10\.10\.13 has pg_role "spare"; known are/u,
    ],
    [
      'a template',
      'pg_cluster: pg-dr',
      "pg_cluster: '{{ name }}'",
      /group pg-dr: .*no pg_cluster that is a plain name/u,
    ],
    ['a cluster declared twice', 'pg_cluster: pg-dr', 'pg_cluster: pg-test', /group pg-dr: another group declares/u],
    ['a port that is no number', 'pg_port: 5433', "pg_port: '{{ port }}'", /host 10\.10\.10\.12 has pg_port/u],
    [
      'a group without members',
      'pg_seq: 1, pg_role: primary, pg_upstream',
      'pg_upstream',
      /none of its hosts has pg_seq/u,
    ],
  ])('notes %s', (_, from, to, note) => {
    const { notes } = parsePigstyInventory(inventory.replace(from, to), 'pigsty.yml');
    expect(notes.join('\n')).toMatch(note);
  });

  it.each([
    ['no YAML', 'all: [', /^pigsty\.yml:1:\d+ /u],
    ['no inventory', 'clusters: []', /^pigsty\.yml:1:1 has no groups below all\.children/u],
    ['empty', '', /^pigsty\.yml:1:1 /u],
  ])('is refused with its place when it is %s', (_, text, message) => {
    expect(() => parsePigstyInventory(text, 'pigsty.yml')).toThrow(message);
  });
});
