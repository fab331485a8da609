import { parseHbaFile } from '@pgattest/connect';
import { describe, expect, test } from 'vitest';
import {
  addressText,
  mergePaths,
  poolerRules,
  relayedByProxy,
  rulesOfFile,
  widerThanServer,
  type WiderPath,
} from './access-path.ts';
import { findAddress, type Address } from './address-range.ts';
import { hbaFact } from './hba.fixture.ts';
import { principalsOf } from './hba-reach.ts';
import { configFact, hbaFileFact } from './pgbouncer.fixture.ts';
import { databasesFact, role, rolesFact } from './roles.fixture.ts';

const roles = rolesFact([role('app'), role('dba', { superuser: true })]);
const principals = principalsOf(roles, databasesFact(['shop']));
const pool = (text: string) => rulesOfFile(parseHbaFile(text).rules);
const wider = (server: readonly string[], pooler: string) =>
  mergePaths(widerThanServer(hbaFact(...server).rules, pool(pooler), principals, ['dba', 'postgres'])).map(shown);
const shown = ({ kind, users, address, rule }: WiderPath): string =>
  `${kind} ${users.join(',')} from ${addressText(address)} by line ${rule.line}`;
const inside = 'local all all scram-sha-256';
const at = (text: string): Address => findAddress(text) ?? { family: 4, value: 0n };

describe('a pooler beside a server', () => {
  test('with the same rules lets nobody further', () => {
    expect(
      wider([inside, 'hostssl shop app 10.0.0.0/8 scram-sha-256'], 'hostssl shop app 10.0.0.0/8 scram-sha-256'),
    ).toEqual([]);
  });

  test('with a broader network lets in whom the server refuses', () => {
    expect(
      wider([inside, 'hostssl shop app 10.0.0.0/8 scram-sha-256'], 'hostssl shop app all scram-sha-256'),
    ).toContain('refused app from 0.0.0.0 by line 1');
  });

  test('without TLS lets in whom the server wants to have it', () => {
    expect(
      wider([inside, 'hostssl shop app 10.0.0.0/8 scram-sha-256'], 'host shop app 10.0.0.0/8 scram-sha-256'),
    ).toEqual(['clear app from 10.0.0.0 by line 1']);
  });

  test('gets nobody anywhere when the server refuses the pooler too', () => {
    expect(
      wider(['local all all peer', 'hostssl shop app 10.0.0.0/8 scram-sha-256'], 'host shop app all scram-sha-256'),
    ).toEqual([]);
  });

  test('an earlier rule that rejects wins, in the pooler as in the server', () => {
    const rejected = wider([inside], 'host all app all reject\nhost all all all scram-sha-256');
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected.filter((text) => text.includes('app'))).toEqual([]);
    expect(
      wider([inside, 'host all app all reject', 'host all all all trust'], 'host shop app 10.0.0.0/8 md5'),
    ).toEqual(['refused app from 10.0.0.0 by line 1']);
  });

  test('a superuser through the pooler is named, whatever the server says', () => {
    expect(wider([inside, 'host all all all scram-sha-256'], 'host all dba 10.0.0.0/8 scram-sha-256')).toEqual([
      'superuser dba from 10.0.0.0 by line 1',
    ]);
  });

  test('loopback is no network', () => {
    expect(wider([inside], 'host all app 127.0.0.1/32 scram-sha-256')).toEqual([]);
  });
});

const relayed = (server: readonly string[], entry: string | undefined, proxy = '10.0.0.10') =>
  mergePaths(
    relayedByProxy(
      hbaFact(...server).rules,
      entry === undefined ? hbaFact(...server).rules : pool(entry),
      principals,
      at(proxy),
    ),
  ).map(shown);

describe('a proxy before a server', () => {
  test('brings anybody in under its own address where the server limits the network', () => {
    expect(relayed(['host shop app 10.0.0.0/8 scram-sha-256'], undefined)).toEqual([
      'relayed app from 0.0.0.0 by line 1',
    ]);
  });

  test('changes nothing where the server takes the role from everywhere, or not from the proxy', () => {
    expect(relayed(['host shop app all scram-sha-256'], undefined)).toEqual([]);
    expect(relayed(['host shop app 192.168.0.0/16 scram-sha-256'], undefined)).toEqual([]);
  });

  test('by a rule for its own address is what that rule is for', () => {
    expect(relayed(['host shop app 10.0.0.10/32 scram-sha-256'], undefined)).toEqual([]);
  });

  test('through the pooler it is the rules of the pooler that admit', () => {
    expect(relayed(['host shop app 192.168.0.0/16 scram-sha-256'], 'host all all 10.0.0.0/8 md5')[0]).toBe(
      'relayed app,dba,postgres from 0.0.0.0 by line 1',
    );
  });
});

test('without a rule file auth_type says what everybody needs, and required TLS what they use', () => {
  const config = configFact({ auth_type: 'scram-sha-256', client_tls_sslmode: 'require' });
  expect(poolerRules(config, null).map(({ type, address, method }) => [type, address, method])).toEqual([
    ['local', null, 'scram-sha-256'],
    ['hostssl', 'all', 'scram-sha-256'],
  ]);
  const hba = hbaFileFact('host all all 10.0.0.0 255.0.0.0 md5\nhost all all fd00::/8 md5\n');
  const rules = poolerRules(configFact({ auth_type: 'hba', client_tls_sslmode: 'require' }), hba);
  expect(rules.map(({ type, address, netmask }) => [type, address, netmask])).toEqual([
    ['hostssl', '10.0.0.0', '255.0.0.0'],
    ['hostssl', 'fd00::', 'ff00::'],
  ]);
});
