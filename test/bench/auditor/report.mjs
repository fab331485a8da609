// The result as Markdown: each target with what was measured, then what it rests on.
import { table } from '../report.mjs';
import { memberNumbers } from './fleet-names.mjs';
import { latencyText } from './latency.mjs';

const seconds = (value) => `${value.toFixed(value < 10 ? 2 : 0)} s`;
const mib = (value) => `${value.toFixed(0)} MiB`;
const ms = (value) => `${value.toFixed(1)} ms`;
const percent = (share) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`;

/** Most by which the median of the second half may be above that of the first one. */
const flatWithin = 0.05;

export function renderTargets({ one, many, evaluate }) {
  const rows = [];
  const say = (target, measured, limit, text) =>
    rows.push([target, text, measured <= limit ? 'held' : `missed by ${((measured / limit - 1) * 100).toFixed(0)} %`]);
  say(
    'one cluster of 3: ≤ 10 s',
    one.audit.slowest,
    10,
    `${seconds(one.audit.wallSeconds)}, slowest ${seconds(one.audit.slowest)}`,
  );
  say('one cluster of 3: ≤ 150 MiB', one.audit.peak, 150, mib(one.audit.peak));
  for (const [at, result] of many.results.entries()) {
    const what = `${many.clusters} clusters, ${at === 0 ? 'first run' : 'with a run before'}`;
    say(`${what}: ≤ 5 min`, result.wallSeconds, 300, seconds(result.wallSeconds));
    say(
      `${what}: flat memory (second half ≤ first half + 5 %)`,
      result.secondHalf / result.firstHalf,
      1 + flatWithin,
      `${mib(result.firstHalf)}, then ${mib(result.secondHalf)} (${percent(result.growth)}), peak ${mib(result.peak)}`,
    );
    say(
      `${what}: every cluster has the findings of the recorded one`,
      result.different.length + result.notRecorded.length,
      0,
      `${many.clusters - result.different.length} of ${many.clusters}, ${result.notRecorded.length} questions without a recorded answer`,
    );
  }
  say('evaluate of one snapshot: ≤ 50 ms', evaluate.evaluate.p50, 50, ms(evaluate.evaluate.p50));
  return table(['target', 'measured', ''], rows);
}

export function renderOne({ rounds, findings, decided, statements, audit, first, floor }) {
  const ratio = (audit.wallSeconds / floor.wallSeconds).toFixed(2);
  return [
    table(
      ['one cluster, three real servers', 'wall p50 / slowest', 'CPU', 'peak RSS'],
      [
        ['pgattest audit run', audit],
        ['floor: its SQL alone', floor],
      ].map(([name, use]) => [
        name,
        `${seconds(use.wallSeconds)} / ${seconds(use.slowest)}`,
        seconds(use.cpuSeconds),
        mib(use.peak),
      ]),
    ),
    `${rounds} rounds in turns; wall ${ratio} × floor. ${findings} findings, ${decided} decided, ${statements} different statements. First run, without one before it: ${seconds(first.wallSeconds)}, ${mib(first.peak)}.`,
  ].join('\n\n');
}

export function renderMany({ clusters, atATime, findings, decided, results }) {
  return [
    table(
      [
        'run',
        'wall',
        'CPU auditor',
        'CPU fake servers',
        'a cluster',
        'RSS halves',
        'peak RSS',
        'sessions',
        'SQL',
        'HTTP',
      ],
      results.map((result, at) => [
        at + 1,
        seconds(result.wallSeconds),
        seconds(result.cpuSeconds),
        seconds(result.fleetCpuSeconds),
        `${((result.wallSeconds / clusters) * 1000).toFixed(0)} ms`,
        `${mib(result.firstHalf)} / ${mib(result.secondHalf)}`,
        mib(result.peak),
        result.counts.sessions ?? 0,
        result.counts.answers ?? 0,
        result.counts.requests ?? 0,
      ]),
    ),
    `${clusters} clusters of ${memberNumbers.length}, clusters_at_a_time ${atATime}, every answer after ${latencyText}; ${findings} findings each, ${decided} decided.`,
    ...results.flatMap(({ different, notRecorded }) => [...different.slice(0, 5), ...notRecorded.slice(0, 5)]),
  ].join('\n\n');
}

export function renderEvaluate({ times, findings, checks, evaluate, cpu, assess }) {
  const row = (name, { p50, p95, least }) => [name, ms(p50), ms(p95), ms(least)];
  return [
    table(
      ['judging one snapshot', 'p50', 'p95', 'least'],
      [
        row('evaluate', evaluate),
        row('evaluate, CPU', cpu),
        row('assess: with waivers, attestations, clauses', assess),
      ],
    ),
    `${checks} checks, ${findings} findings, ${times} times in the auditor's small heap.`,
  ].join('\n\n');
}
