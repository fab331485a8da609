// The result as Markdown: what was measured, then the targets and whether they hold.
const ms = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`);
const ratio = (value) => value.toFixed(2);
const count = (value) => value.toLocaleString('en-US');

/** Rows of cells as Markdown. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Wall time of everything, with ratios to the floor. */
export function renderWalls(results) {
  return table(
    [
      'databases',
      'tables',
      'load',
      'statements',
      'floor p50 / p95',
      'ours p50 / p95',
      'ours : floor',
      'Debian p50 / p95',
      'series ours',
      'series Debian',
      'not read',
    ],
    results.map(({ databases, tables, load, statements, floor, ours, debian }) => [
      databases,
      count(tables),
      load,
      count(statements),
      `${ms(floor.p50)} / ${ms(floor.p95)}`,
      `${ms(ours.p50)} / ${ms(ours.p95)}`,
      ratio(ours.p50 / floor.p50),
      debian === undefined ? '-' : `${ms(debian.p50)} / ${ms(debian.p95)}`,
      count(ours.series),
      debian === undefined ? '-' : count(debian.series),
      ours.unread,
    ]),
  );
}

/** What the processes used. */
export function renderUse(results) {
  const idle = results.filter(({ load }) => load === 'idle');
  return table(
    [
      'databases',
      'tables',
      'CPU ours',
      'CPU per 1,000 series',
      'CPU psql',
      'CPU Debian',
      'RSS ours',
      'RSS Debian',
      'sessions ours: most / at rest',
      'sessions Debian: most / at rest',
      'longest stall: median / highest',
    ],
    idle.map(({ databases, tables, ours, floor, debian, stall }) => [
      databases,
      count(tables),
      ms(ours.cpuMs),
      ms((ours.cpuMs / ours.series) * 1000),
      ms(floor.cpuMs),
      debian === undefined ? '-' : ms(debian.cpuMs),
      `${ours.rss.toFixed(0)} MiB`,
      debian === undefined ? '-' : `${debian.rss.toFixed(0)} MiB`,
      sessions(ours),
      debian === undefined ? '-' : sessions(debian),
      stall === undefined ? '-' : `${ms(stall.medianMs)} / ${ms(stall.highestMs)}`,
    ]),
  );
}

/** Made-up series. */
export function renderSynthetic(results) {
  return table(
    ['made-up collectors', 'series in all', 'longest stall: median / highest'],
    results.map(({ collectors, series, medianMs, highestMs }) => [
      collectors,
      count(series),
      `${ms(medianMs)} / ${ms(highestMs)}`,
    ]),
  );
}

/** Until the port is open. */
export function renderStartup(results, quotaMs) {
  const rows = results.map(({ name, cpuSeconds, wallMs }) => [name, `${cpuSeconds.toFixed(2)} s`, ms(wallMs)]);
  if (quotaMs !== undefined) rows.push(['pgattest exporter pg with a tenth of one CPU', '', ms(quotaMs)]);
  return table(['program', 'CPU until it listens', 'wall'], rows);
}

function sessions({ sessions: seen }) {
  return seen === undefined ? '-' : `${seen.most} / ${seen.atRest}`;
}

/** Each target, what was measured, and whether that holds. */
export function renderTargets({ results, small, synthetic, startup, quotaMs }) {
  const rows = [];
  const say = (target, measured, limit, text) =>
    rows.push([
      target,
      text,
      measured <= limit ? 'held' : `missed by ${(((measured - limit) / limit) * 100).toFixed(0)} %`,
    ]);
  const of = (databases) => results.filter((one) => one.databases === databases);
  for (const one of of(1)) {
    const value = one.ours.p50 / one.floor.p50;
    say(`1 database, ${count(one.tables)} tables, ${one.load}: wall ≤ 1.2 × floor`, value, 1.2, ratio(value));
  }
  for (const one of of(20)) {
    const value = one.ours.p50 / one.floor.p50;
    say(`20 databases, ${count(one.tables)} tables, ${one.load}: wall ≤ 0.5 × floor`, value, 0.5, ratio(value));
  }
  for (const { tables, inEightSeconds } of of(100).filter((one) => one.inEightSeconds !== undefined)) {
    const { wallMs, databases, databasesUp, missing } = inEightSeconds;
    const isComplete = databases === 100 && databasesUp === 100 && missing === 0;
    say(
      `100 databases, ${count(tables)} tables, within 8 s, complete`,
      isComplete ? wallMs : Infinity,
      8000,
      `${ms(wallMs)}, ${databasesUp} databases, ${missing} collectors missing`,
    );
  }
  if (small !== undefined) {
    const value = (small.ours.cpuMs / small.ours.series) * 3000;
    say(
      'CPU ≤ 25 ms for 3,000 series',
      value,
      25,
      `${ms(value)} (${ms(small.ours.cpuMs)} for ${count(small.ours.series)})`,
    );
    say(
      'RSS ≤ 80 MiB at 3,000 series (here after some scrapes; see the soak)',
      small.ours.rss,
      80,
      `${small.ours.rss.toFixed(0)} MiB`,
    );
  }
  for (const { collectors, series, medianMs, highestMs } of synthetic) {
    const what = `${count(series)} series, ${collectors === 1 ? '1 collector' : `${collectors} collectors`}`;
    say(`${what}: no stall over 50 ms`, highestMs, 50, `${ms(highestMs)} (median ${ms(medianMs)})`);
  }
  const [own] = startup;
  if (own !== undefined)
    say('listening ≤ 0.5 CPU-seconds after start', own.cpuSeconds, 0.5, `${own.cpuSeconds.toFixed(2)} s`);
  if (quotaMs !== undefined) say('listening within 10 s with 10 % of a CPU', quotaMs, 10_000, ms(quotaMs));
  return table(['target', 'measured', ''], rows);
}
