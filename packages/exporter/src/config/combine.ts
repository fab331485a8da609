import type { Branch } from './branch.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ReadFile } from './read-file.ts';

/** A read file and its name. */
export interface NamedFile extends ReadFile {
  readonly file: string;
}

/** Branches of a whole configuration. */
export interface Combined {
  /** Undefined when the configuration as a whole is rejected. */
  readonly branches: readonly Branch[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Joins the files of a directory, which are in the order of their names: a branch without priority gets 100 plus the
 * rank of its file, a later file replaces branches of the same key, and a file with an error is skipped visibly.
 * Rejected only when there are files but no branch is left.
 */
export function combineDirectory(directory: string, files: readonly NamedFile[]): Combined {
  const diagnostics: Diagnostic[] = [];
  const branches = new Map<string, Branch>();
  let rank = 0;
  for (const { file, branches: read, diagnostics: own } of files) {
    diagnostics.push(...own);
    if (read === undefined) {
      diagnostics.push(
        wholeFile(file, 'warning', 'file-skipped', 'none of its branches is used', 'correct its errors'),
      );
      continue;
    }
    rank += 1;
    for (const branch of read) {
      const before = branches.get(branch.key);
      if (before !== undefined) diagnostics.push(replaced(branch, before));
      branches.delete(branch.key);
      branches.set(branch.key, { ...branch, priority: branch.priority === 0 ? 100 + rank : branch.priority });
    }
  }
  if (files.length === 0) {
    const message = 'the directory holds no .yml or .yaml file, so nothing is collected';
    diagnostics.push(wholeFile(directory, 'warning', 'no-files', message, 'put collector files into it'));
  }
  const isRejected = files.length > 0 && branches.size === 0;
  if (isRejected) diagnostics.push(noBranches(directory, diagnostics));
  return { branches: isRejected ? undefined : [...branches.values()], diagnostics };
}

/** A file that is named itself must be valid as a whole; without branches it is valid and probably a mistake. */
export function combineSingle({ file, branches, diagnostics }: NamedFile): Combined {
  if (branches?.length !== 0) return { branches, diagnostics };
  const message = 'the file holds no branch, so nothing is collected';
  const empty = wholeFile(file, 'warning', 'no-branches', message, 'add one, or leave the file out');
  return { branches, diagnostics: [...diagnostics, empty] };
}

function noBranches(directory: string, diagnostics: readonly Diagnostic[]): Diagnostic {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const why =
    first === undefined ? '' : `; the first error is ${first.file}:${first.line}:${first.column} ${first.message}`;
  return wholeFile(
    directory,
    'error',
    'no-branches',
    `no file of the directory has a usable branch${why}`,
    'correct it',
  );
}

function replaced(branch: Branch, before: Branch): Diagnostic {
  return {
    ...branch.at,
    severity: 'note',
    code: 'branch-replaced',
    key: branch.key,
    message: `replaces the branch of ${before.at.file}:${before.at.line} as a whole`,
    remedy: 'rename it if both are meant to run',
  };
}

function wholeFile(
  file: string,
  severity: Diagnostic['severity'],
  code: Diagnostic['code'],
  message: string,
  remedy: string,
): Diagnostic {
  return { file, line: 1, column: 1, severity, code, key: '', message, remedy };
}
