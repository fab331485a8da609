// `node test/usage/account.mjs URL`: asks a Prometheus API for every metric name that Pigsty's dashboards and rules read
// of PostgreSQL, PgBouncer and pgBackRest, and for all that our rules record, and prints those without data and why. Exit status: 0 when each has a reason
// that holds, 1 when one has none or its reason does not hold here, 2 for a wrong call, 3 when the API does not answer.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reasons } from './reasons.mjs';

const rules = new URL('../../rules/', import.meta.url);

/** What our rules record beyond the names that Pigsty has. */
function readRecorded(known) {
  const files = readdirSync(rules).filter((name) => name.startsWith('pgattest-recordings-'));
  const recorded = files.flatMap((name) =>
    [...readFileSync(new URL(name, rules), 'utf8').matchAll(/^ *- record: (\S+)$/gm)].map(([, record]) => record),
  );
  return recorded.filter((name) => !known.has(name)).toSorted();
}

/** Names by group: those of `pigsty-names.json`, and in the group `ours` what our rules record beyond them. */
export function readNames() {
  const groups = JSON.parse(readFileSync(new URL('pigsty-names.json', import.meta.url), 'utf8'));
  return { ...groups, ours: readRecorded(new Set(Object.values(groups).flat())) };
}

/** Every reason, for those who ask whether it is still needed. */
export const allReasons = reasons;

/** The reason why a name may have no data, or undefined. */
export const reasonFor = (name) =>
  reasons.find(({ names }) =>
    names.some((wanted) =>
      typeof wanted === 'string' ? wanted === name : new RegExp(`^(?:${wanted.source})$`).test(name),
    ),
  );

async function ask(url, expression) {
  const target = new URL('api/v1/query', url.endsWith('/') ? url : `${url}/`);
  target.searchParams.set('query', expression);
  let answer;
  try {
    const response = await fetch(target, { signal: AbortSignal.timeout(30_000) });
    answer = await response.json();
  } catch (error) {
    throw new Error(`cannot query ${target.href}: ${error.message}; give the URL of Prometheus or VictoriaMetrics`, {
      cause: error,
    });
  }
  if (answer.status !== 'success') throw new Error(`${target.origin} refused ${expression}: ${answer.error}`);
  return answer.data.result;
}

/** Which of these names have a series that is not stale now. One question for many: four hundred take a while. */
async function findPresent(url, names) {
  const present = new Set();
  for (let start = 0; start < names.length; start += 50) {
    const some = names.slice(start, start + 50).join('|');
    const result = await ask(url, `count by (__name__) ({__name__=~"${some}"})`);
    for (const { metric } of result) present.add(metric.__name__);
  }
  return present;
}

/**
 * Every name without data, with its reason.
 * Shape: `{ name: 'pg_io_hits', group: 'pg', kind: 'version', why: '…', holds: true }`; without a reason `kind` is `none`.
 */
export async function account(url, groups) {
  const holding = new Map();
  const doesHold = async ({ unless }) => {
    if (unless === undefined) return true;
    if (!holding.has(unless)) holding.set(unless, (await ask(url, unless)).length === 0);
    return holding.get(unless);
  };
  const absent = [];
  let total = 0;
  for (const [group, names] of Object.entries(groups)) {
    const present = await findPresent(url, names);
    total += names.length;
    for (const name of names) {
      if (present.has(name)) continue;
      const reason = reasonFor(name);
      if (reason === undefined) absent.push({ name, group, kind: 'none', why: 'no reason is known', holds: false });
      else
        absent.push({
          name,
          group,
          kind: reason.kind,
          why: reason.why,
          holds: await doesHold(reason),
          unless: reason.unless,
        });
    }
  }
  return { total, absent };
}

function print({ total, absent }, groups) {
  const out = (line) => process.stdout.write(`${line}\n`);
  const byReason = Map.groupBy?.(absent, ({ kind, why, holds }) => `${kind}|${why}|${holds}`) ?? groupBy(absent);
  for (const same of byReason.values()) {
    const [{ kind, why, holds, unless }] = same;
    out(`${holds ? 'absent' : 'MISSING'}: ${same.map(({ name }) => name).join(' ')}`);
    out(`  ${kind}: ${why}`);
    if (!holds && unless !== undefined) out(`  but there is data for: ${unless}`);
  }
  for (const [group, names] of Object.entries(groups)) {
    const without = absent.filter((entry) => entry.group === group).length;
    out(`${group}: ${names.length - without} of ${names.length} names have data`);
  }
  const missing = absent.filter(({ holds }) => !holds).length;
  out(
    `${total} names: ${total - absent.length} with data, ${absent.length - missing} absent for a reason, ${missing} missing`,
  );
  return missing;
}

/** Node 20 has no Map.groupBy. */
function groupBy(absent) {
  const groups = new Map();
  for (const entry of absent) {
    const key = `${entry.kind}|${entry.why}|${entry.holds}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

async function main([url, ...rest]) {
  if (url === undefined || rest.length > 0 || !URL.canParse(url)) {
    process.stderr.write('usage: node test/usage/account.mjs URL, for example http://127.0.0.1:8428\n');
    return 2;
  }
  const groups = readNames();
  try {
    return print(await account(url, groups), groups) === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 3;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
