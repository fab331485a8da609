import type { SqlEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import type { HbaRule } from './hba-match.ts';
import { evidenceRows } from './name-list.ts';
import { psqlArray } from './psql-array.ts';
import { psqlRow } from './psql-output.ts';
import { sqlLiteral } from './sql-literal.ts';

type Hba = FactMap['pg.hba'];

/** Evidence for one line of pg_hba.conf. `options` names those that matter, so that no secret is printed. */
export function ruleEvidence(
  hba: Hba,
  rule: HbaRule,
  expected: Text,
  options: readonly OptionName[] = [],
): SqlEvidence {
  const { line, type, databases, users, address, netmask, method } = rule;
  const listed = rule.options.filter((option) => options.some((name) => option.startsWith(`${name}=`)));
  const cells = [line, type, psqlArray(databases), psqlArray(users), address, netmask, method];
  const optionColumn = `, ARRAY(SELECT o FROM unnest(options) AS o WHERE o ~ '^(${options.join('|')})=')`;
  return {
    fact: 'pg.hba',
    at: ruleLine(hba, rule),
    actual: options.length === 0 ? psqlRow(...cells) : psqlRow(...cells, psqlArray(listed)),
    expected,
    sql: `SELECT ${columns}${options.length === 0 ? '' : optionColumn} FROM pg_hba_file_rules WHERE ${lineCondition(hba, rule)}`,
  };
}

/** Options of a rule that evidence may print. */
export type OptionName = 'clientcert' | 'ldaptls' | 'ldapscheme' | 'map';

/** Evidence for a line that the server cannot parse. */
export const ruleErrorEvidence = (hba: Hba, error: Hba['errors'][number]): SqlEvidence => ({
  fact: 'pg.hba',
  at: ruleLine(hba, error),
  actual: psqlRow(error.line, error.message),
  expected: { en: 'no error', zh: '无错误' },
  sql: `SELECT line_number, error FROM pg_hba_file_rules WHERE ${lineCondition(hba, error)}`,
});

/** How many rules use each method: what an assessor wants to see when none is wrong. */
export function methodsEvidence({ rules }: Hba, expected: Text): SqlEvidence {
  const methods = [...new Set(rules.map(({ method }) => method))].toSorted((a, b) => (a < b ? -1 : 1));
  return {
    fact: 'pg.hba',
    at: 'methods',
    actual: methods.map((method) => psqlRow(method, rules.filter((rule) => rule.method === method).length)).join('\n'),
    expected,
    sql: `SELECT auth_method, count(*) FROM pg_hba_file_rules WHERE error IS NULL GROUP BY auth_method ORDER BY auth_method COLLATE "C"`,
  };
}

/** The rules as the server tries them, the first twenty. */
export const rulesEvidence = ({ rules }: Hba, expected: Text): SqlEvidence => ({
  fact: 'pg.hba',
  at: 'rules',
  actual: rules
    .slice(0, evidenceRows)
    .map(({ type, databases, users, address, netmask, method }) =>
      psqlRow(type, psqlArray(databases), psqlArray(users), address, netmask, method),
    )
    .join('\n'),
  expected,
  sql: `SELECT type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules WHERE error IS NULL ORDER BY ${
    rules.some(({ file }) => file !== null) ? 'rule_number' : 'line_number'
  } LIMIT ${evidenceRows}`,
});

/** `line 5`, with its file where there are several. */
export const ruleLine = (hba: Hba, { file, line }: { readonly file: string | null; readonly line: number }): string =>
  file === null || !hasSeveralFiles(hba) ? `line ${line}` : `${file} line ${line}`;

/** The same place for a sentence: `line 5`, `第 5 行`. */
export const ruleLineText = (hba: Hba, place: { readonly file: string | null; readonly line: number }): Text => ({
  en: ruleLine(hba, place),
  zh: place.file === null || !hasSeveralFiles(hba) ? `第 ${place.line} 行` : `${place.file} 第 ${place.line} 行`,
});

const columns = 'line_number, type, database, user_name, address, netmask, auth_method';

const lineCondition = (hba: Hba, { file, line }: { readonly file: string | null; readonly line: number }): string =>
  file === null || !hasSeveralFiles(hba)
    ? `line_number = ${line}`
    : `file_name = ${sqlLiteral(file)} AND line_number = ${line}`;

const hasSeveralFiles = ({ rules, errors }: Hba): boolean =>
  new Set([...rules, ...errors].map(({ file }) => file)).size > 1;
