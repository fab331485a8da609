import { findNearest } from '@pgattest/runtime';
import type { KnownToFrameworks } from './framework-files.ts';
import type { FrameworkFile } from './framework-schema.ts';
import type { ConfigPath, ConfigProblem } from './place.ts';

/** What a schema cannot say of a framework file: ids exist and are not repeated, coverage is honest, bounds bind. */
export function frameworkProblems(file: FrameworkFile, known: KnownToFrameworks): readonly ConfigProblem[] {
  const taken = known.frameworks.some(({ id }) => id === file.id)
    ? [{ path: ['id'], message: `is the id of another framework: ${file.id}` }]
    : [];
  const clauses = file.clauses.flatMap((clause, index) => {
    const path: ConfigPath = ['clauses', index];
    const first = file.clauses.findIndex(({ id }) => id === clause.id);
    return [
      ...(first === index ? [] : [{ path: [...path, 'id'], message: `clause ${clause.id} is declared twice` }]),
      ...clause.checks.flatMap((id, at) => unknown('check', id, known.checks, [...path, 'checks', at])),
      ...clause.manual.flatMap(({ by = [] }, item) =>
        by.flatMap((id, at) => unknown('attestation', id, known.attestations, [...path, 'manual', item, 'by', at])),
      ),
      ...coverageProblems(clause, path),
      ...(clause.requires ?? []).flatMap((demand, at) =>
        demandProblems(demand, clause, known, [...path, 'requires', at]),
      ),
    ];
  });
  return [...taken, ...clauses];
}

type ClauseEntry = FrameworkFile['clauses'][number];

/** A clause that nobody settles must not look as if a check did, nor the other way round. */
function coverageProblems({ coverage, checks, manual }: ClauseEntry, path: ConfigPath): readonly ConfigProblem[] {
  const at = [...path, 'coverage'];
  if (coverage === 'none' && checks.length > 0) return [{ path: at, message: 'is none, yet there are checks' }];
  if (coverage !== 'none' && checks.length === 0) return [{ path: at, message: `is ${coverage} without any check` }];
  if (coverage !== 'full' && manual.length === 0) {
    return [{ path: at, message: `is ${coverage}: say under manual what a person must add` }];
  }
  return [];
}

function demandProblems(
  { check: id, param, atLeast, atMost }: NonNullable<ClauseEntry['requires']>[number],
  { checks }: ClauseEntry,
  known: KnownToFrameworks,
  path: ConfigPath,
): readonly ConfigProblem[] {
  if (!checks.includes(id)) {
    return [{ path: [...path, 'check'], message: `is not among the checks of the clause: ${id}${hint(id, checks)}` }];
  }
  const params: Readonly<Record<string, unknown>> = { ...known.checks.find((check) => check.id === id)?.params };
  const numeric = Object.keys(params).filter((name) => typeof params[name] === 'number');
  if (!numeric.includes(param)) {
    const there = numeric.length === 0 ? 'it has none' : `it has ${numeric.join(', ')}`;
    return [{ path: [...path, 'param'], message: `is no numeric parameter of ${id}: ${param}; ${there}` }];
  }
  if (atLeast === undefined && atMost === undefined) return [{ path, message: 'lacks the key "atLeast" or "atMost"' }];
  return (atLeast ?? -Infinity) > (atMost ?? Infinity) ? [{ path, message: 'atLeast is above atMost' }] : [];
}

function unknown(
  what: string,
  id: string,
  known: readonly { readonly id: string }[],
  path: ConfigPath,
): readonly ConfigProblem[] {
  const names = known.map((unit) => unit.id);
  return names.includes(id) ? [] : [{ path, message: `there is no ${what} ${id}${hint(id, names)}` }];
}

function hint(word: string, names: readonly string[]): string {
  const nearest = findNearest(word, names);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
