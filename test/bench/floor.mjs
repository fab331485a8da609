// The floor: one psql runs the statements of our plan, one after the other, and throws the rows away.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopChild } from './contestant.mjs';
import { monitorRole } from './server.mjs';

/** Statements of /explain by database, in the order in which they are planned. */
export function plannedStatements(explained) {
  const plans = [];
  let statement;
  for (const line of explained.split('\n')) {
    const database = /^# server .*, database (.+), user /.exec(line)?.[1];
    if (database !== undefined) plans.push({ database, statements: [] });
    if (line.startsWith('      ') && statement !== undefined) statement.push(line.slice(6));
    else {
      if (statement !== undefined) plans.at(-1)?.statements.push(statement.join('\n'));
      statement = line === '    query: |' ? [] : undefined;
    }
  }
  return plans;
}

/** A psql that stays connected. `run` resolves to the milliseconds that all statements took. */
export async function startFloor({ cluster, dir, plans }) {
  const script = join(dir, 'floor.sql');
  const isOne = plans.length === 1;
  const text = plans.map(({ database, statements }) =>
    [...(isOne ? [] : [`\\c ${database}`]), ...statements.map((sql) => `${sql.replace(/;\s*$/, '')}\n;`)].join('\n'),
  );
  writeFileSync(script, `${text.join('\n')}\n`);
  const { port } = cluster.primary;
  const dsn = `host=${cluster.socketDir} port=${port} user=${monitorRole} dbname=${plans[0]?.database} sslmode=disable`;
  const child = spawn(findPsql(), ['-X', '-q', '-A', '-t', dsn], {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', PGPASSFILE: cluster.passfile('monitor'), PGAPPNAME: 'psql' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk.toString();
  });
  let done;
  let failed;
  child.stdout.on('data', (chunk) => {
    if (chunk.toString().includes('floor reached')) done?.();
  });
  child.once('exit', (code) => failed?.(new Error(`psql ended with ${code}: ${complaints.slice(0, 500)}`)));
  child.stdin.write('\\o /dev/null\n');
  const run = () =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      done = () => resolve(performance.now() - began);
      failed = reject;
      child.stdin.write(`\\i ${script}\n\\echo floor reached\n`);
    });
  return {
    pid: child.pid,
    run,
    statements: plans.reduce((sum, { statements }) => sum + statements.length, 0),
    complaints: () => complaints.split('\n').filter((line) => line.includes('ERROR:')),
    stop: () => stopChild(child),
  };
}

/** The program itself: /usr/bin/psql of Debian is a script around it. */
function findPsql() {
  const base = '/usr/lib/postgresql';
  const majors = existsSync(base) ? readdirSync(base).toSorted((a, b) => Number(b) - Number(a)) : [];
  return majors.map((major) => join(base, major, 'bin', 'psql')).find((path) => existsSync(path)) ?? 'psql';
}
