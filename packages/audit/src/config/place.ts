import { loadYaml } from '@pgattest/runtime';

/** Where something is in a configuration file: keys and indexes from the top. */
export type ConfigPath = readonly (string | number)[];

/** A problem that a schema cannot say. */
export interface ConfigProblem {
  readonly path: ConfigPath;
  readonly message: string;
}

/**
 * `audit.yml:6:15 /clusters/0/members/1/dsn message` a line, in the order of the file; without a text, as on the command
 * line, the message alone.
 */
export function describeProblems(
  problems: readonly ConfigProblem[],
  source: { readonly file: string; readonly text: string } | undefined,
): string {
  if (source === undefined) return problems.map(({ message }) => message).join('\n');
  const { LineCounter, parseDocument, isNode } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, version: '1.2', merge: true, prettyErrors: false });
  const offsetOf = (path: ConfigPath): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
    }
    return 0;
  };
  return problems
    .map(({ path, message }) => ({ path, message, offset: offsetOf(path) }))
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ path, message, offset }) => {
      const { line, col } = lines.linePos(offset);
      return `${source.file}:${Math.max(line, 1)}:${Math.max(col, 1)} /${path.join('/')} ${message}`;
    })
    .join('\n');
}
