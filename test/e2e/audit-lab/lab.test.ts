import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Finding, Report } from '@pgattest/audit';
import { labPorts } from '@pgattest/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLeaks, readEverything } from '../leaks.ts';
import {
  entry,
  findingsOf,
  runTimeoutMs,
  startAuditLab,
  withCluster,
  writeSecret,
  type AuditLab,
  type LabRun,
} from './audit-lab.ts';
import { repeatFindings } from './repeat-findings.ts';
import { troubles } from './troubles.ts';

const runProgram = promisify(execFile);
const formats = ['--format', 'junit,sarif,oscal,ocsf,csv,xlsx'];
/** Passwords that are none of the lab's: what an operator has mistyped is a secret, too. */
const mistyped = [
  'p7mistypedPasswordOfTheAuditor',
  'p7mistypedPasswordOfEtcd55555',
  'p7mistypedLoginOfHaproxy66666',
] as const;

/** What time alone makes true in a young lab: rules get their turn, and the first notification arrives. */
const getBetter = new Set(['monitoring-rules-loaded', 'monitoring-alerts-delivered', 'monitoring-auditor-watched']);

let site: AuditLab;
let healthy: LabRun;
beforeAll(async () => {
  site = await startAuditLab();
  healthy = await site.audit(limited, formats);
});
afterAll(async () => {
  await site.lab.down();
});

/** The configuration of the lab with a limit of a run that a test can wait for. */
const limited = (text: string): string => withCluster(text, () => undefined);

test('one run over the whole lab decides, takes ten seconds at most on a machine of its own, and 150 MiB', () => {
  const { tookMs, peakMiB, report } = healthy;
  const undecided = [...findingsOf(report).values()].filter(({ outcome }) => isUndecided(outcome));
  const numbers = { tookMs, peakMiB, findings: findingsOf(report).size, undecided: undecided.map(({ id }) => id) };
  process.stdout.write(`one run: ${JSON.stringify(numbers)}\n`);
  expect(peakMiB).toBeGreaterThan(40);
  expect(peakMiB).toBeLessThanOrEqual(150);
});

test('commands of findings about every kind of object print again what the report says', async () => {
  // As fresh as it can be: what a report says held when it was collected.
  const { report } = await site.audit(limited);
  const seed = Date.now() % 1_000_000;
  const { counts, differing } = await repeatFindings(site.lab, report, { seed, perKind: 4 });
  process.stdout.write(`repeated with seed ${seed}: ${JSON.stringify(counts)}\n`);
  expect({ seed, differing }).toEqual({ seed, differing: [] });
  for (const kind of ['instance', 'patroni', 'etcd', 'haproxy', 'pgbouncer', 'node', 'monitoring', 'backup']) {
    expect([kind, (counts[kind] ?? 0) > 0]).toEqual([kind, true]);
  }
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10);
});

test('a young lab has become one in which time alone makes nothing true any more', async () => {
  for (let rounds = 0; rounds < 40; rounds += 1) {
    if (lateIn((await site.audit(limited)).report).length === 0) return;
    await sleep(20_000);
  }
  expect(lateIn((await site.audit(limited)).report)).toEqual([]);
}, 1_800_000);

test.each(troubles)('$name lowers the coverage, raises nothing and is told of each object', async (trouble) => {
  await site.untilWell();
  const before = await site.audit(limited);
  try {
    const { unseen, change = limited } = await trouble.apply(site);
    const during = await site.audit(change);
    const decidedNow = during.report.frameworks.flatMap(({ id }) => newlyDecided(before.report, during.report, id));
    process.stdout.write(`${JSON.stringify({ unseen, code: during.code, tookMs: during.tookMs, decidedNow })}\n`);
    expect(during.code).toBe(3);
    expect(collectedMs(during.report)).toBeLessThanOrEqual(runTimeoutMs + 10_000);
    expect(risen(before.report, during.report)).toEqual([]);
    expect(decidedCount(during.report)).toBeLessThan(decidedCount(before.report));
    expect(coverageOf(during.report)).toBeLessThan(coverageOf(before.report));
    expect(turnedGood(before.report, during.report)).toEqual([]);
    for (const subject of unseen) {
      const reasons = reasonsOf(during.report, subject);
      expect([subject, reasons.length > 0]).toEqual([subject, true]);
      expect(reasons.filter(({ message }) => message.length < 20)).toEqual([]);
      expect(during.stdout).toContain(subject);
    }
  } finally {
    await trouble.heal(site);
    await site.untilWell();
  }
});

test('no secret is in an output, a log, a page or a file of evidence, also when every login is wrong', async () => {
  const { lab, directory } = site;
  const [password, etcdPassword, login] = mistyped;
  const passfile = await writeSecret(join(directory, 'wrong.pgpass'), `*:*:*:*:${password}`);
  const password_file = await writeSecret(join(directory, 'wrong.etcd'), etcdPassword);
  const credentials_file = await writeSecret(join(directory, 'wrong.login'), `admin:${login}`);
  const refused = await site.audit(
    (text) =>
      withCluster(text, ({ members, etcd, haproxy }) => {
        for (const member of members) {
          for (const place of [member, member.pgbouncer])
            place.dsn = place.dsn.replace(/passfile=\S+/u, `passfile=${passfile}`);
        }
        Object.assign(etcd, { password_file });
        for (const { stats } of haproxy) Object.assign(stats, { credentials_file });
      }),
    formats,
  );
  expect(refused.code).toBe(3);
  expect(refused.stdout).toContain('password authentication failed');
  // Outside the lab, whose hosts have no browser.
  const printed = await runProgram(process.execPath, [
    entry,
    'audit',
    'evaluate',
    healthy.folder,
    '--format',
    'pdf',
    '--fail-on',
    'never',
    '--report-dir',
    join(directory, 'pdf'),
  ]).catch((cause: unknown) => {
    // 3: something was not decided.
    if (cause instanceof Error && 'code' in cause && cause.code === 3 && 'stderr' in cause) return cause;
    throw cause;
  });
  expect(printed.stderr).not.toContain('PDF');

  const texts = new Map([
    ['stdout of a run', healthy.stdout],
    ['stderr of a run', healthy.stderr],
    ['stdout of a refused run', refused.stdout],
    ['stderr of a refused run', refused.stderr],
    ...prefixed('runs', await outputsBelow(directory)),
    ...prefixed('logs', await readEverything(join(lab.directory, 'log'))),
    ...prefixed('service', await outputsBelow(join(lab.directory, lab.topology.monitor.name, 'auditor'))),
    ...(await pages()),
  ]);
  expect(findLeaks(texts, [...lab.secrets, ...mistyped])).toEqual([]);
  const names = [...texts.keys()].join('\n');
  for (const name of [
    'report.pdf',
    'report.zh.pdf',
    '.xlsx',
    '.oscal',
    '.ocsf',
    '.sarif',
    'junit',
    'nodes/pg-test-1.json',
    'auditor@mon.log',
  ]) {
    expect(names).toContain(name);
  }
});

const holdsPassword = /^(?:wrong\.\w+|ended\.(?:crt|key)|etcd\.password|haproxy\.login|[^/]*pgpass[^/]*)$/u;

/** Findings that time alone will make pass. */
const lateIn = (report: Report): readonly string[] =>
  [...findingsOf(report).values()]
    .filter(({ check, outcome }) => getBetter.has(check) && outcome !== 'pass')
    .map(({ id, reason }) => `${id}: ${reason.en}`);

/** Everything below a folder but the files that are there to hold a password. */
async function outputsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = await readEverything(folder);
  return new Map([...texts].filter(([name]) => !holdsPassword.test(name)));
}

const prefixed = (prefix: string, texts: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...texts].map(([name, text]) => [`${prefix}: ${name}`, text]);

/** What our programs serve in the lab. */
async function pages(): Promise<readonly (readonly [string, string])[]> {
  const { lab } = site;
  const { members, monitor } = lab.topology;
  const urls = [
    ...['/', '/?lang=zh', '/metrics', '/-/ready', '/report.json'].map(
      (path) => `http://${monitor.address}:${labPorts.auditor}${path}`,
    ),
    ...members.flatMap(({ address }) =>
      [labPorts.pgExporter, labPorts.pgbouncerExporter, labPorts.pgbackrestExporter].map(
        (port) => `http://${address}:${port}/metrics`,
      ),
    ),
  ];
  return Promise.all(
    urls.map(async (url) => {
      const answer = await lab.http(url, { timeoutMs: 30_000 });
      if (answer === undefined) throw new Error(`${url} does not answer`);
      return [url, answer.body] as const;
    }),
  );
}

const isUndecided = (outcome: Finding['outcome']): boolean => ['error', 'insufficient_data', 'stale'].includes(outcome);
const decided = ['pass', 'warn', 'fail', 'excepted'];
const decidedCount = (report: Report): number =>
  [...findingsOf(report).values()].filter(({ outcome }) => decided.includes(outcome)).length;

/** Clauses with a judgement, over all frameworks. */
const coverageOf = (report: Report): number => report.frameworks.reduce((sum, { coverage }) => sum + coverage.part, 0);
const collectedMs = ({ startedAt, finishedAt }: Report): number => Date.parse(finishedAt) - Date.parse(startedAt);

/** Frameworks whose conformity is higher than before, and clauses that have become anything but a failure. */
function risen(before: Report, during: Report): readonly string[] {
  return during.frameworks.flatMap((framework) => {
    const old = before.frameworks.find(({ id }) => id === framework.id);
    const [now, then] = [framework.conformity, old?.conformity ?? { part: 0, whole: 0 }];
    return [
      ...(now.part * then.whole > then.part * now.whole
        ? [`${framework.id}: ${then.part}/${then.whole} -> ${now.part}/${now.whole}`]
        : []),
      ...newlyDecided(before, during, framework.id).filter((text) => !text.includes('-> not_met')),
    ];
  });
}

/** Clauses without a judgement before that have one now. A member that is silent may make another check fail: that decides. */
function newlyDecided(before: Report, during: Report, id: string): readonly string[] {
  const clausesOf = (report: Report) =>
    report.frameworks
      .filter((framework) => framework.id === id)
      .flatMap(({ sections }) => sections.flatMap(({ clauses }) => clauses));
  const open = new Set(
    clausesOf(before)
      .filter(({ outcome }) => outcome === 'not_assessed')
      .map((clause) => clause.id),
  );
  return clausesOf(during)
    .filter((clause) => open.has(clause.id) && clause.outcome !== 'not_assessed')
    .map((clause) => `${id} ${clause.id} -> ${clause.outcome}: ${clause.reason.en}`);
}

/** Findings that pass now, or no longer apply, and were not so before. */
function turnedGood(before: Report, during: Report): readonly string[] {
  const old = findingsOf(before);
  return [...findingsOf(during).values()]
    .filter(({ outcome }) => outcome === 'pass' || outcome === 'not_applicable')
    .filter(({ id, outcome }) => old.get(id)?.outcome !== outcome)
    .map(({ id, outcome }) => `${id}: ${old.get(id)?.outcome ?? 'not there'} -> ${outcome}`);
}

/** Why what is known of an object is not decided: code and message of each. */
const reasonsOf = (report: Report, subject: string): readonly NonNullable<Finding['undecided']>[] =>
  [...findingsOf(report).values()].flatMap(({ outcome, undecided }) =>
    isUndecided(outcome) && undecided?.subject === subject ? [undecided] : [],
  );
