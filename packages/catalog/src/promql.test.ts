import { parser } from '@prometheus-io/lezer-promql';
import { assert as always, pre, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pgDb } from './postgres/pg-db.ts';
import { pgRepl } from './postgres/pg-repl.ts';
import { not, promql, select, type Expr } from './promql.ts';
import { scrapeUp } from './foreign/prometheus.ts';
import { pgUp } from './self/exporter.ts';

const lag = pgRepl.m.replay_lag;

/** Whether Prometheus' own grammar accepts the text. */
function parses(text: string): boolean {
  let valid = true;
  parser.parse(text).iterate({
    enter: (node) => {
      valid &&= !node.type.isError;
    },
  });
  return valid;
}

/** The string literals of an expression, unescaped as PromQL does. */
function stringLiterals(text: string): readonly string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.name === 'StringLiteral') {
        found.push(
          text.slice(node.from + 1, node.to - 1).replaceAll(/\\(.)/gu, (_, c: string) => (c === 'n' ? '\n' : c)),
        );
      }
    },
  });
  return found;
}

describe('select', () => {
  test.each([
    [select(lag, {}), 'pg_repl_replay_lag'],
    [select(lag, { appname: undefined }), 'pg_repl_replay_lag'],
    [select(lag, { appname: 'a', cls: 'b' }), 'pg_repl_replay_lag{appname="a",cls="b"}'],
    [select(lag, { appname: /.+/ }), 'pg_repl_replay_lag{appname=~".+"}'],
    [select(lag, { appname: not('a') }), 'pg_repl_replay_lag{appname!="a"}'],
    [select(lag, { appname: not(/a|b/) }), 'pg_repl_replay_lag{appname!~"a|b"}'],
    [select(lag, { ins: /$ins/ }), 'pg_repl_replay_lag{ins=~"$ins"}'],
    [select(lag, { address: /10\.0\.0\.\d+\/32/ }), 'pg_repl_replay_lag{address=~"10\\\\.0\\\\.0\\\\.\\\\d+/32"}'],
    [select(lag, { appname: /x/i }), 'pg_repl_replay_lag{appname=~"(?i)x"}'],
    [select(lag, { appname: 'say "hi" \\ \n' }), 'pg_repl_replay_lag{appname="say \\"hi\\" \\\\ \\n"}'],
    [select(scrapeUp, { job: 'pgsql' }), 'up{job="pgsql"}'],
    [select(pgUp, { cls: 'pg-demo' }), 'pg_up{cls="pg-demo"}'],
  ])('%# gives %s', (selector, text) => {
    expect(selector.text).toBe(text);
    expect(parses(selector.text)).toBe(true);
  });

  test('whatever text a label is compared with, it stays one string of the same value', () => {
    always(
      property(string({ unit: 'binary' }), (value) => {
        // A NUL or a lone surrogate is no label value, and the grammar has no other limits.
        pre(!value.includes('\u0000'));
        const { text } = select(lag, { appname: value });
        expect(parses(text)).toBe(true);
        expect(stringLiterals(text)).toEqual([value]);
      }),
    );
  });

  test('a flag that PromQL cannot express is refused', () => {
    expect(() => select(lag, { appname: /x/m })).toThrow('PromQL cannot express flag m of /x/m; leave it out');
  });

  test('a label that the metric lacks does not compile', () => {
    // @ts-expect-error -- pg_repl has no label datname
    expect(select(lag, { datname: 'x' }).text).toBe('pg_repl_replay_lag{datname="x"}');
    // @ts-expect-error -- misspelt
    expect(select(lag, { apname: 'x' }).text).toBe('pg_repl_replay_lag{apname="x"}');
    // @ts-expect-error -- pg_up has no labels of its own
    expect(select(pgUp, { datname: 'x' }).text).toBe('pg_up{datname="x"}');
  });
});

describe('promql', () => {
  test.each<readonly [Expr, string]>([
    [promql`${lag}`, 'pg_repl_replay_lag'],
    [promql`rate(${pgDb.m.xact_total}[5m])`, 'rate(pg_db_xact_total[5m])'],
    [
      promql`sum by (cls) (rate(${select(pgDb.m.xact_total, { datname: not('postgres') })}[5m] offset 1h))`,
      'sum by (cls) (rate(pg_db_xact_total{datname!="postgres"}[5m] offset 1h))',
    ],
    [promql`${lag} > ${60}`, 'pg_repl_replay_lag > 60'],
    [promql`${lag} < ${-0.5}`, 'pg_repl_replay_lag < -0.5'],
    [promql`${lag} < ${Infinity}`, 'pg_repl_replay_lag < +Inf'],
    [promql`${lag} > ${-Infinity}`, 'pg_repl_replay_lag > -Inf'],
    [promql`${lag} > ${1e21}`, 'pg_repl_replay_lag > 1e+21'],
    [promql`max_over_time((${promql`${lag} > ${60}`})[10m:1m])`, 'max_over_time((pg_repl_replay_lag > 60)[10m:1m])'],
  ])('%# gives %s', (expr, text) => {
    expect(expr.text).toBe(text);
    expect(parses(expr.text)).toBe(true);
  });

  test('an expression names every metric it reads once, also those of the expressions in it', () => {
    const inner = promql`${lag} > ${60}`;
    const outer = promql`(${inner}) and (${lag} < ${select(pgUp, { cls: 'x' })})`;
    expect(outer.reads).toEqual([lag, pgUp]);
  });

  test('text cannot be spliced in', () => {
    // @ts-expect-error -- a metric as text is a metric nobody checks
    expect(() => promql`${'pg_repl_replay_lag'} > 1`).toThrow(TypeError);
  });
});
