import { expect, test } from 'vitest';
import { methodsEvidence, ruleErrorEvidence, ruleEvidence, rulesEvidence } from './hba-evidence.ts';
import { hbaFact, hbaRule } from './hba.fixture.ts';

const expected = { en: 'x', zh: 'x' };

test('a rule is found by its line', () => {
  const hba = hbaFact('host app,crm +ops 10.0.0.0/8 md5');
  const [rule = hbaRule('local all all peer')] = hba.rules;
  expect(ruleEvidence(hba, rule, expected)).toMatchObject({
    at: 'line 1',
    actual: '1|host|{app,crm}|{+ops}|10.0.0.0|255.0.0.0|md5',
    sql: 'SELECT line_number, type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules WHERE line_number = 1',
  });
});

test('with include files the file is part of the place', () => {
  const rules = [
    hbaRule('local all all peer', 3, '/pg/pg_hba.conf'),
    hbaRule('local all all peer', 3, `/pg/it's.conf`),
  ];
  const hba = { rules, errors: [], changedSinceReload: null };
  const [, second = hbaRule('local all all peer')] = rules;
  const evidence = ruleEvidence(hba, second, expected);
  expect(evidence.at).toBe(`/pg/it's.conf line 3`);
  expect(evidence.sql).toContain(`WHERE file_name = '/pg/it''s.conf' AND line_number = 3`);
  expect(rulesEvidence(hba, expected).sql).toContain('ORDER BY rule_number');
});

test('options are printed only when asked for by name', () => {
  const hba = hbaFact('host all all all ldap ldaptls=1 ldapbindpasswd=***');
  const [rule = hbaRule('local all all peer')] = hba.rules;
  const evidence = ruleEvidence(hba, rule, expected, ['ldaptls']);
  expect(evidence.actual).toBe('1|host|{all}|{all}|all||ldap|{ldaptls=1}');
  expect(evidence.sql).toContain(`WHERE o ~ '^(ldaptls)='`);
});

test('an error shows the line and what the server says', () => {
  const error = { file: null, line: 9, message: 'invalid authentication method "x"' };
  expect(ruleErrorEvidence({ rules: [], errors: [error], changedSinceReload: null }, error).actual).toBe(
    '9|invalid authentication method "x"',
  );
});

test('methods are counted in the order of their names', () => {
  const hba = hbaFact('local all all peer', 'host all all all md5', 'local all app peer');
  expect(methodsEvidence(hba, expected).actual).toBe('md5|1\npeer|2');
});

test('a long file shows twenty rules', () => {
  const hba = hbaFact(...Array.from({ length: 25 }, () => 'local all all peer'));
  const evidence = rulesEvidence(hba, expected);
  expect(evidence.actual.split('\n')).toHaveLength(20);
  expect(evidence.sql).toMatch(/ORDER BY line_number LIMIT 20$/u);
});
