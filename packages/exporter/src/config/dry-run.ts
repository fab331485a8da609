import type { AnyCollector, Variant } from '@pgattest/catalog';
import { ConnectError, type Column, type PgSession, type ResultSet } from '@pgattest/connect';
import { failureOf } from '../failure.ts';
import { plan, type SkippedVariant } from '../plan.ts';
import { readIdentity, readInventory } from '../server-facts.ts';
import { checkPredicateColumns, checkResultColumns, type ColumnFinding } from './describe-columns.ts';
import type { Diagnostic, Place } from './diagnostic.ts';

/** What a live server says to a configuration. */
export interface DryRun {
  /** server_version_num, role and database of the session. */
  readonly server: string;
  /** Branches that the server could prepare and that return what they declare. */
  readonly checked: readonly string[];
  /** Branches that do not run on this server, with the reason. */
  readonly skipped: readonly { readonly branch: string; readonly reason: string; readonly detail: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A configuration to try on one server. */
export interface DryRunInput {
  readonly session: PgSession;
  readonly collectors: readonly AnyCollector[];
  readonly places: ReadonlyMap<string, Place>;
  /** Host, port and database, for problems of the role rather than of a branch. */
  readonly target: string;
  /** As given to the exporter with --tag. */
  readonly tags: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** No statement of a dry run reads data, so more than this is a lock or a hung server. */
const timeoutMs = 2000;
const cursor = 'pgattest_lint';
const declare = `DECLARE ${cursor} NO SCROLL CURSOR FOR `;

/**
 * Lets a server prepare every branch that would run on it: it resolves names, checks privileges and describes the
 * columns without reading a row. A cursor in a read-only transaction does that in the simple protocol; only a query
 * that no cursor takes (SHOW) is executed, and the predicates of a branch whose query is refused for want of a privilege. Throws ConnectError when the session is lost.
 */
export async function dryRun({ session, collectors, places, target, tags, signal }: DryRunInput): Promise<DryRun> {
  const deadline = { signal, timeoutMs };
  const identity = await readIdentity(session, false, deadline);
  const facts = { ...identity, inventory: await readInventory(session, deadline) };
  const { planned, skipped } = plan(facts, collectors, { enabled: new Set(), disabled: new Set(), tags });
  const diagnostics: Diagnostic[] = [...(await checkRole(session, target, facts.currentUser, signal))];
  const checked: string[] = [];
  for (const { collector, variant } of planned) {
    const findings = await tryVariant(session, collector, variant, facts.currentUser, signal);
    const at = places.get(variant.branch) ?? { file: '', line: 1, column: 1 };
    diagnostics.push(...findings.map((one) => ({ ...at, key: `${variant.branch}.query`, ...one })));
    if (findings.every(({ severity }) => severity !== 'error')) checked.push(variant.branch);
  }
  const server = `${facts.versionNum} ${facts.role} ${facts.database}`;
  return { server, checked, skipped: skipped.map(describeSkip), diagnostics };
}

/** Without pg_monitor most statistics views answer, but with NULL where it matters. */
async function checkRole(
  session: PgSession,
  target: string,
  user: string,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const [row] = await session.rows(`SELECT pg_catalog.pg_has_role('pg_monitor', 'USAGE') AS may`, {
    signal,
    timeoutMs,
  });
  if (row?.['may'] === 't') return [];
  return [
    {
      file: target,
      line: 1,
      column: 1,
      severity: 'warning',
      code: 'missing-privilege',
      key: '',
      message: `the role ${user} is no member of pg_monitor, so sessions and replicas of others are shown as NULL`,
      remedy: `GRANT pg_monitor TO ${user}`,
    },
  ];
}

function describeSkip({ branch, reason, detail }: SkippedVariant): DryRun['skipped'][number] {
  return { branch, reason, detail };
}

async function tryVariant(
  session: PgSession,
  collector: AnyCollector,
  variant: Variant<string>,
  user: string,
  signal: AbortSignal,
): Promise<readonly ColumnFinding[]> {
  const attempt = async (
    sql: string,
    check: (columns: readonly Column[]) => readonly ColumnFinding[],
  ): Promise<readonly ColumnFinding[]> => {
    if (hasSeveralStatements(sql)) return [severalStatements];
    try {
      return check(await describeQuery(session, sql, signal));
    } catch (error) {
      if (!(error instanceof ConnectError) || error.sqlState === undefined || !session.usable) throw error;
      const finding = failed(error, sql, user);
      // A collector that asks first whether it may read does not fail without the privilege: it does not run.
      const gate = error.sqlState === '42501' ? await findFalsePredicate() : undefined;
      return [
        gate === undefined
          ? finding
          : {
              ...finding,
              severity: 'warning',
              message: `${finding.message}; it does not run, because "${gate}" is not true`,
            },
      ];
    }
  };
  const findFalsePredicate = async (): Promise<string | undefined> => {
    for (const { name, sql } of collector.predicates ?? []) {
      const answer = await runReadOnly(session, sql, signal).catch(() => undefined);
      if (answer === undefined) return undefined;
      if (answer.rows[0]?.[0] !== 't') return name;
    }
    return undefined;
  };
  const findings: ColumnFinding[] = [];
  for (const { name, sql } of collector.predicates ?? []) {
    findings.push(...(await attempt(sql, (columns) => checkPredicateColumns(name, columns))));
  }
  findings.push(...(await attempt(variant.sql, (columns) => checkResultColumns(collector, variant, columns))));
  return findings;
}

/** Runs what must return one boolean. */
async function runReadOnly(session: PgSession, sql: string, signal: AbortSignal): Promise<ResultSet> {
  const within = { signal, timeoutMs };
  await session.query('BEGIN READ ONLY', within);
  try {
    return await session.query(sql, within);
  } finally {
    if (session.usable) await session.query('ROLLBACK', within);
  }
}

async function describeQuery(session: PgSession, sql: string, signal: AbortSignal): Promise<readonly Column[]> {
  const within = { signal, timeoutMs };
  const text = sql.trim().replace(/(?:\s*;)+$/, '');
  await session.query('BEGIN READ ONLY', within);
  try {
    if (!takesCursor(text)) return (await session.query(text, within)).columns;
    await session.query(declare + text, within);
    // Zero rows: the server answers with the description alone.
    return (await session.query(`FETCH 0 FROM ${cursor}`, within)).columns;
  } finally {
    if (session.usable) await session.query('ROLLBACK', within);
  }
}

/** Only the first of several would be described, and the others run. Texts and comments may hold semicolons. */
function hasSeveralStatements(sql: string): boolean {
  const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g;
  return /;\s*\S/.test(sql.replace(quoted, '').replace(/(?:\s*;)+\s*$/, ''));
}

const severalStatements: ColumnFinding = {
  severity: 'warning',
  code: 'dry-run-failed',
  message: 'holds several statements, so it was not tried',
  remedy: 'write one statement, for example with WITH',
};

/** Whether the first word is one that DECLARE CURSOR takes. */
function takesCursor(sql: string): boolean {
  const code = sql.replace(/^(?:\s+|--[^\n]*\n?|\/\*[\s\S]*?\*\/)+/, '');
  return /^(?:select|with|values|table|\()/i.test(code);
}

/** Line of the query that the server points at; it counts characters of what it was sent. */
function lineOf({ cause }: ConnectError, sql: string): number | undefined {
  const position = cause instanceof Error && 'position' in cause ? Number(cause.position) : Number.NaN;
  const offset = position - 1 - (takesCursor(sql) ? declare.length : 0);
  if (!Number.isInteger(offset) || offset < 0) return undefined;
  return (
    Array.from(sql.trim())
      .slice(0, offset)
      .filter((character) => character === '\n').length + 1
  );
}

function failed(error: ConnectError, sql: string, user: string): ColumnFinding {
  const line = lineOf(error, sql);
  const where = line === undefined ? '' : `in line ${line} of the query: `;
  const message = `the server refuses it: ${where}${error.message.replace(/^query failed on \S+: /, '')}`;
  if (error.sqlState === '42501') {
    const remedy = `GRANT pg_monitor TO ${user}, or SELECT on what is named`;
    return { severity: 'error', code: 'missing-privilege', message, remedy };
  }
  return {
    severity: 'error',
    code: 'dry-run-failed',
    message,
    remedy: remedies[failureOf(error).class] ?? 'correct the SQL',
  };
}

const remedies: Readonly<Record<string, string>> = {
  missing_relation: 'qualify the name with its schema, install the extension, or limit the branch with a tag',
  missing_column: 'limit the branch with min_version or max_version, or correct the name',
  locked: 'try again when the lock is gone',
  timeout: 'try again; planning it took too long',
};
