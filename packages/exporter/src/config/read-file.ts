import { readBranch, type Branch } from './branch.ts';
import type { Diagnostic } from './diagnostic.ts';
import { wordOf } from './fields.ts';
import { readYamlTree } from './yaml-tree.ts';

/** One configuration file, read completely or not at all. */
export interface ReadFile {
  /** Undefined when an error rejects the file; no branches when it is empty. */
  readonly branches: readonly Branch[] | undefined;
  /** Every problem, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the text of one collector file. `file` is the name shown in diagnostics. */
export function readCollectorFile(text: string, file: string): ReadFile {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const branches: Branch[] = [];
  const { root, diagnostics: syntax } = readYamlTree(text, file);
  diagnostics.push(...syntax);
  if (root?.kind === 'map') {
    for (const entry of root.entries) {
      const branch = readBranch(entry, report);
      if (branch !== undefined) branches.push(branch);
    }
  } else if (root !== undefined && root.kind !== 'null') {
    const message = `the file is a ${wordOf(root)}, not a mapping of branches`;
    const remedy = 'begin with "name_of_branch:" and indent its fields below it';
    report({ ...root.at, severity: 'error', code: 'wrong-type', key: '', message, remedy });
  }
  const sorted = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { branches: sorted.some(({ severity }) => severity === 'error') ? undefined : branches, diagnostics: sorted };
}
